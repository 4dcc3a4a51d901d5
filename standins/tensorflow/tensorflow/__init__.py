"""Stands where TensorFlow would, and does nothing: Rasa imports TensorFlow at every start, but no component of Ask CLARA uses it.

Every name can be imported from it, subclassed and written in a type annotation, which is all that Rasa does with TensorFlow
before a component that needs it is built. Building one, or calling anything, raises TensorFlowIsAbsent.
"""

import sys
from abc import ABCMeta
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from types import ModuleType

PACKAGES = ("tensorflow", "keras")


class TensorFlowIsAbsent(ImportError):
    """Something needs the real TensorFlow."""

    def __init__(self, name: str) -> None:
        """`name` is what was to be built or called."""
        super().__init__(
            f"{name} needs TensorFlow, which this environment does without. Components such as DIETClassifier or TEDPolicy need "
            "the real one: take exclude-dependencies and tensorflow-standin out of pyproject.toml, "
            "and run `uv lock` and `make install`."
        )


class _AbsentMeta(ABCMeta):
    """Makes of a class one that has any other as an attribute, and no instances; its subclasses too."""

    def __getattr__(cls, name: str) -> type:
        return _absent(f"{cls.__module__}.{cls.__qualname__}", name)

    def __call__(cls, *args: object, **kwargs: object) -> object:
        raise TensorFlowIsAbsent(cls.__name__)


class _AbsentModule(ModuleType):
    def __getattr__(self, name: str) -> type:
        return _absent(self.__name__, name)


class _Finder(MetaPathFinder, Loader):
    """Finds every module beneath PACKAGES."""

    def find_spec(self, fullname: str, path: object, target: object = None) -> ModuleSpec | None:
        package, _, beneath = fullname.partition(".")
        return ModuleSpec(fullname, self, is_package=True) if beneath and package in PACKAGES else None

    def create_module(self, spec: ModuleSpec) -> ModuleType:
        return _AbsentModule(spec.name)

    def exec_module(self, module: ModuleType) -> None:
        """A module of absent names has nothing to run."""


def _absent(module: str, name: str) -> type:
    if name.startswith("__"):
        raise AttributeError(name)
    return _AbsentMeta(name, (), {"__module__": module})


def __getattr__(name: str) -> type:
    return _absent(__name__, name)


sys.meta_path.insert(0, _Finder())

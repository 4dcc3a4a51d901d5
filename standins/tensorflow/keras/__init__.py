"""TensorFlow's keras, as absent as the rest of it (see the stand-in tensorflow)."""

from tensorflow import __getattr__  # noqa: F401  # and every module beneath this one is absent from now on

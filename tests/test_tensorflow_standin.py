"""What stands in TensorFlow's place lets Rasa start, and says clearly what it isn't."""

import subprocess
import sys
from importlib import metadata

import pytest
import tensorflow
from rasa.utils.tensorflow.models import RasaModel

CONFIG = """
recipe: default.v1
assistant_id: a-test
language: en
pipeline:
  - name: WhitespaceTokenizer
  - name: CountVectorsFeaturizer
  - name: DIETClassifier
    epochs: 1
"""
EXAMPLES = """
version: "3.1"
nlu:
  - intent: funders
    examples: |
      - Who funds CLARA?
      - the money
  - intent: off_topic
    examples: |
      - the weather
      - a joke
"""


def test_environment_has_no_tensorflow():
    installed = {distribution.metadata["Name"].lower() for distribution in metadata.distributions()}
    assert "tensorflow-standin" in installed
    assert not {"tensorflow", "keras", "tensorboard", "jax"} & installed


def test_names_can_be_imported_and_subclassed_at_any_depth():
    import keras.utils.some_module
    import tensorflow.python.eager.some_module as some_module
    from tensorflow.keras.layers import Layer

    class Ours(Layer):
        pass

    assert isinstance(tensorflow.function.anything, type)
    assert keras.utils.some_module.Anything.__module__ == "keras.utils.some_module"
    assert not isinstance(Ours, some_module.Other)


@pytest.mark.parametrize("build", [RasaModel, tensorflow.constant, tensorflow.keras.layers.Dense], ids=lambda b: b.__name__)
def test_building_anything_tells_what_to_do(build):
    with pytest.raises(tensorflow.TensorFlowIsAbsent, match=f"{build.__name__} needs TensorFlow.*tensorflow-standin.*uv lock"):
        build()


def test_python_does_not_take_it_for_the_real_one():
    with pytest.raises(AttributeError):
        tensorflow.__version__  # noqa: B018


def test_rasa_names_the_component_that_needs_the_real_one(tmp_path):
    (tmp_path / "config.yml").write_text(CONFIG)
    (tmp_path / "nlu.yml").write_text(EXAMPLES)
    command = [sys.executable, "-W", "ignore", "-m", "rasa", "train", "nlu", "--config", "config.yml", "--nlu", "nlu.yml"]
    environment = {"PATH": "", "HOME": str(tmp_path), "RASA_TELEMETRY_ENABLED": "false"}
    result = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=300)
    assert result.returncode != 0
    assert "DIET needs TensorFlow, which this environment does without." in result.stdout + result.stderr
    assert not list(tmp_path.glob("models/*.tar.gz"))

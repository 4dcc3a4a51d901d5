"""When a model fits the data, and what is said of one that can't be used."""

import io
import re
import shutil
import subprocess
import sys
import tarfile
from pathlib import Path

import numpy as np
import pytest
from few_questions import keep_few_questions, train_anew

from clara.errors import ClaraError
from clara.settings import ROOT, Settings
from clara.training import check_model, current_model, digest


@pytest.fixture
def copy(tmp_path, settings):
    """The settings of a copy of all that a model is made from."""
    for name in ("config.yml", "domain.yml", "uv.lock", "data", "clara", "actions"):
        source = settings.root / name
        (shutil.copytree if source.is_dir() else shutil.copy)(source, tmp_path / name)
    return Settings(root=tmp_path)


def test_same_files_give_the_same_digest_anywhere(copy, settings):
    assert digest(copy) == digest(settings)


@pytest.mark.parametrize(
    "name",
    [
        "config.yml",
        "domain.yml",
        "uv.lock",
        "data/rules.yml",
        "data/nlu/en/mission.yml",
        "data/nlu/fr/funders.yml",
        "clara/nlu/text.py",
    ],
)
def test_digest_changes_with_whatever_is_trained_on(copy, name):
    before = digest(copy)
    with (copy.root / name).open("a") as file:
        file.write("\n# changed\n")
    assert digest(copy) != before


@pytest.mark.parametrize("name", ["data/stories.yml", "data/nlu/en/more.yaml"])
def test_digest_changes_with_a_new_file(copy, name):
    before = digest(copy)
    (copy.root / name).write_text("stories: []\n")
    assert digest(copy) != before


def test_training_that_fails_says_so_in_one_line(copy):
    copy.models.mkdir()
    config = copy.root / "config.yml"
    config.write_text(config.read_text().replace("clara.nlu.spelling.SpellingFeaturizer", "clara.nlu.speling.SpellingFeaturizer"))
    result = subprocess.run([sys.executable, "-m", "clara", "train"], cwd=copy.root, capture_output=True, text=True)
    assert result.returncode == 1
    (line,) = result.stderr.strip().splitlines()
    assert line.startswith("The training failed: ")
    assert "clara.nlu.speling" in line


def test_digest_changes_with_the_organisations_names(copy):
    before = digest(copy)
    file = copy.knowledge / "organisations.yml"
    file.write_text(file.read_text().replace("aliases: [Lyonbiopôle,", "aliases: [Lyonbiopôle, Lyon Health,"))
    assert digest(copy) != before


def test_digest_changes_with_a_figure_in_a_topic_s_passages(copy):
    before = digest(copy)
    file = copy.knowledge / "topics" / "history.yml"
    file.write_text(file.read_text().replace("- It is part of the French", "- Since 2003\n    - It is part of the French"))
    assert digest(copy) != before


def test_digest_does_not_change_with_wordings_of_answers_and_passages(copy):
    before = digest(copy)
    file = copy.knowledge / "topics" / "history.yml"
    changed = file.read_text().replace("CLARA is part of the", "CLARA belongs to the")
    file.write_text(changed.replace("- It is part of the French", "- part of the French"))
    assert digest(copy) == before


def test_digest_covers_all_code_that_learns(settings):
    """What the pipeline's components take from elsewhere in this package is data, which the digest has, or where it stands."""
    allowed = {"clara.knowledge", "clara.settings"}
    for file in (settings.root / "clara" / "nlu").rglob("*.py"):
        for name in re.findall(r"^(?:from|import) (clara[.\w]*)", file.read_text(), re.MULTILINE):
            assert name.startswith("clara.nlu.") or name in allowed, (file.name, name)


def test_unchanged_model_is_found_without_importing_rasa(trained):
    command = [sys.executable, "-X", "importtime", "-m", "clara", "train"]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    imported = {line.split("|")[-1].strip() for line in result.stderr.splitlines()}
    assert "clara.training" in imported
    assert not {"rasa", "sklearn", "spacy", "tensorflow"} & imported


def learnt_arrays(model):
    """What the components of a trained model have learnt: (component, array) -> values."""
    found = {}
    with tarfile.open(model) as archive:
        for member in archive:
            if member.name.endswith(".npz"):
                arrays = np.load(io.BytesIO(archive.extractfile(member).read()))
                found.update({(Path(member.name).parent.name, name): arrays[name] for name in arrays.files})
    return found


def test_same_files_train_the_same_model(copy, tmp_path_factory):
    keep_few_questions(copy.root / "data" / "nlu")
    twin = Settings(root=tmp_path_factory.mktemp("twin") / "copy")
    shutil.copytree(copy.root, twin.root)
    train_anew(copy.root)
    shutil.copytree(copy.root / ".cache", twin.root / ".cache")  # the encoders' vectors; tests/nlu compares them
    train_anew(twin.root)
    one, other = learnt_arrays(current_model(copy)), learnt_arrays(current_model(twin))
    assert len({component for component, _ in one}) == 7  # language, slips, two encoders, spelling, intents, confirmation
    assert one.keys() == other.keys()
    assert all(np.array_equal(one[name], other[name]) for name in one)


def test_missing_model_says_what_to_do(copy):
    with pytest.raises(ClaraError, match=r"There is no trained model ask-clara-\w{12}\.tar\.gz in models/: run `make train`"):
        check_model(current_model(copy))


def test_sound_model_passes(tmp_path):
    (tmp_path / "weights").write_bytes(bytes(range(256)) * 1000)
    with tarfile.open(tmp_path / "model.tar.gz", "w:gz") as archive:
        archive.add(tmp_path / "weights")
    check_model(tmp_path / "model.tar.gz")


@pytest.mark.parametrize("keep", [0, 100, -200])
def test_damaged_model_says_what_to_do(tmp_path, keep):
    test_sound_model_passes(tmp_path)
    model = tmp_path / "model.tar.gz"
    model.write_bytes(model.read_bytes()[:keep])
    with pytest.raises(ClaraError, match=r"is damaged: delete it \(rm .*model\.tar\.gz\) and run `make train`"):
        check_model(model)


def test_file_that_is_no_archive_is_damaged(tmp_path):
    (tmp_path / "model.tar.gz").write_text("not a model")
    with pytest.raises(ClaraError, match="is damaged"):
        check_model(tmp_path / "model.tar.gz")

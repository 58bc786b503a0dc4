# SPDX-FileCopyrightText: 2026 The prunec authors
# SPDX-License-Identifier: Apache-2.0

"""What `why` says of channels of real models, held against a computation of its own, from the scales alone."""

import json
import random
import shutil

import pytest

import models
import practice
import program

RUNS = {"resnet18": ("all", 0.4), "mobilenet_v2": ("inner", 0.4), "densenet121": ("bn2", 0.4)}
SHAPE = ("--input", "1x3x64x64")


def flags(network):
    strategy, ratio = RUNS[network]
    return ("--rules", network, "--strategy", strategy, "--ratio", ratio, *SHAPE)


def why(model, *asked, arguments=(), **options):
    result = program.succeeds(program.prunec("why", model, *asked, *arguments, "--format", "json", **options))
    return json.loads(result.stdout)["answers"]


@pytest.fixture(scope="module")
def reports(model_file, tmp_path_factory):
    """reports(network, form): the report of a real run."""
    folder = tmp_path_factory.mktemp("reports")

    def make(network, form):
        path = folder / f"{network}-{form}.json"
        if not path.exists():
            output = folder / f"{network}-{form}.pt"
            program.succeeds(program.prunec("apply", model_file("torchvision", network, form), *flags(network), "-o", output, "--report", path))
        return path

    return make


def rank(pool, score):
    return 1 + sum(other < score for other in pool)


@pytest.mark.parametrize("form", ("scripted", "traced"))
@pytest.mark.parametrize("network", RUNS)
def test_ten_channels(network, form, model_file, reports):
    """Score, rank, pool, threshold and verdict of ten channels: the scores from the model, the verdict from the report's kept positions."""
    report = json.loads(reports(network, form).read_text())
    gammas = models.scales(models.build("torchvision", network))
    voters = [site for site in report["channels"] if site["role"] == "voter"]
    pool = [abs(scale) for site in voters for scale in gammas[site["path"]]]
    threshold = sorted(pool)[int(len(pool) * RUNS[network][1])]
    drawn = random.Random(7)
    picked = [(site, drawn.randrange(site["before"])) for site in drawn.choices(voters, k=10)]
    answers = why(model_file("torchvision", network, form), *(f"{site['path']}:{channel}" for site, channel in picked), arguments=flags(network))
    assert len(answers) == 10
    assert len({answer["removed"] for answer in answers}) == 2, "all the same: this proves little"
    for (site, channel), answer in zip(picked, answers):
        place = f"{site['path']}:{channel}"
        assert answer["removed"] == (channel not in site["kept"]), place
        assert answer["threshold"] == threshold and answer["score"]["of"] == len(pool), place
        own = next(vote for vote in answer["votes"] if vote["layer"] == site["path"])
        assert own["score"] == abs(gammas[site["path"]][channel]) and own["rank"] == rank(pool, own["score"]), place
        tied = [other["path"] for other in voters if other["set"] == site["set"]]
        assert [vote["layer"] for vote in answer["votes"]] == tied, place
        assert answer["score"]["value"] == pytest.approx(sum(vote["score"] for vote in answer["votes"]) / len(tied)), place
        assert answer["text"].startswith(f"`{place}` is {'removed' if answer['removed'] else 'kept'}."), place
        assert any(statement["keyword"] == "prune" and statement["line"] > 0 for statement in answer["statements"]), place
        if len(tied) == 1:
            assert answer["wished"] == (own["score"] < threshold), place


def test_quota_is_told_as_the_practice_has_it(model_file):
    """Every channel of a tie of ResNet-18: which voter named it, by the practice's own turns."""
    gammas = models.scales(models.build("torchvision", "resnet18"))
    threshold, kept = practice.kept_channels("resnet18", "all", gammas, 0.4)
    paths = ["layer3.0.bn2", "layer3.1.bn2"]
    quota = min(sum(abs(scale) < threshold for scale in gammas[path]) for path in paths) // 2
    present, named = set(range(256)), {}
    for path in paths:
        named[path] = practice.weakest(gammas[path], present, quota)
        present -= set(named[path])
    answers = why(model_file("torchvision", "resnet18", "scripted"), *(f"layer3.0.bn2:{channel}" for channel in range(256)), arguments=flags("resnet18"))
    for channel, answer in enumerate(answers):
        assert [vote["named"] for vote in answer["votes"]] == [channel in named[path] for path in paths], channel
        assert answer["removed"] == (channel not in kept["layer3.0.bn2"]) and answer["policy"] == "quota"
        assert answer["carried"] == ["layer3.0.downsample.1"]
    assert f"names its {quota} weakest" in answers[0]["text"]


@pytest.mark.parametrize("network", RUNS)
def test_a_report_tells_the_same_as_the_model(network, model_file, reports):
    report = json.loads(reports(network, "scripted").read_text())
    asked = [f"{site['path']}:{site['before'] - 1}" for site in report["channels"][:12]] + [report["channels"][3]["path"], report["channels"][-1]["path"].split(".")[0]]
    by_report = json.loads(program.succeeds(program.prunec("why", "--report", reports(network, "scripted"), *asked, "--format", "json")).stdout)
    assert by_report["answers"] == why(model_file("torchvision", network, "scripted"), *asked, arguments=flags(network))


def test_a_channel_is_the_same_at_all_its_layers(model_file, reports):
    asked = ("layer2.0.conv2:17", "layer2.0.bn2:17", "layer2.0.downsample.0:17", "layer2.1.conv2:17")
    answers = why(model_file("torchvision", "resnet18", "scripted"), *asked, arguments=flags("resnet18"))
    assert len({(answer["removed"], answer["score"]["value"], answer["set"]["number"]) for answer in answers}) == 1
    assert {entry["layer"] for entry in answers[0]["same"]} == {"layer2.0.bn2", "layer2.0.downsample.0", "layer2.0.downsample.1", "layer2.1.conv2", "layer2.1.bn2"}
    expanded = why(model_file("torchvision", "mobilenet_v2", "scripted"), "features.3.conv.1.0:5", arguments=flags("mobilenet_v2"))[0]
    assert "features.3.conv.0.1" in {entry["layer"] for entry in expanded["same"]}


def test_layers_and_modules(model_file, reports):
    report = json.loads(reports("resnet18", "scripted").read_text())
    after = {site["path"]: site["after"] for site in report["channels"]}
    layer, module, rest = why(model_file("torchvision", "resnet18", "scripted"), "layer3.0.bn1", "layer3", "fc", arguments=flags("resnet18"))
    assert [(entry["layer"], entry["after"]) for entry in layer["layers"]] == [("layer3.0.bn1", after["layer3.0.bn1"])]
    norms = {entry["layer"]: entry["after"] for entry in module["layers"] if ".conv" not in entry["layer"] and "downsample.0" not in entry["layer"]}
    assert norms == {path: width for path, width in after.items() if path.startswith("layer3.")}
    assert rest["layers"][0]["before"] == rest["layers"][0]["after"] == 1000
    assert "reaches the model's output" in rest["text"]


def test_rounding_is_told(model_file, tmp_path):
    text = (program.RULES / "resnet18.prune").read_text()
    (tmp_path / "even.prune").write_text(text.replace("  prune bn1\n", "  prune bn1\n  divisible 16 of bn1\n", 1))
    arguments = ("--rules", tmp_path / "even.prune", "-s", "bn1", "--ratio", 0.4, *SHAPE)
    gammas = models.scales(models.build("torchvision", "resnet18"))["layer3.0.bn1"]
    answers = why(model_file("torchvision", "resnet18", "scripted"), *(f"layer3.0.bn1:{channel}" for channel in range(256)), arguments=arguments)
    kept = [answer for answer in answers if not answer["removed"]]
    wished = [answer for answer in answers if not answer["wished"]]
    assert len(kept) % 16 == 0 and len(wished) % 16 != 0, "the seed gives a width that needs no rounding"
    back = [answer for answer in answers if answer["rounding"] == "given back"]
    assert len(back) == len(kept) - len(wished)
    below = sorted((abs(gammas[answer["channel"]]), answer["channel"]) for answer in answers if answer["wished"])
    assert sorted(answer["channel"] for answer in back) == sorted(channel for _, channel in below[len(below) - len(back):])
    assert f"rounded up to a multiple of 16, from {len(wished)} to {len(kept)}" in back[0]["text"]


def test_people_get_sentences(reports):
    result = program.succeeds(program.prunec("why", "--report", reports("resnet18", "scripted"), "layer2.0.conv1:17", "layer3"))
    assert result.stdout.startswith("`layer2.0.conv1:17` is ") and "resnet18.prune:" in result.stdout and result.stderr == ""
    assert "`layer3` holds" in result.stdout


def test_questions_that_have_no_answer(model_file, reports, tmp_path):
    model = model_file("torchvision", "resnet18", "scripted")

    def refused(*asked, code, exit_code=2):
        return program.fails(program.prunec("why", model, *asked, *flags("resnet18")), exit_code, code)

    assert "`layer2.0.bn1`" in refused("layer2.0.bm1:3", code="P0817").stderr
    assert "from 0 to 127" in refused("layer2.0.bn1:128", code="P0818").stderr
    refused("layer2.0.bn1:many", code="P0818")
    report = json.loads(reports("resnet18", "scripted").read_text())
    del report["decisions"]
    (tmp_path / "old.json").write_text(json.dumps(report))
    program.fails(program.prunec("why", "--report", "old.json", "layer2", cwd=tmp_path), 1, "P0754")
    (tmp_path / "bad.json").write_text(reports("resnet18", "scripted").read_text()[:5000])
    program.fails(program.prunec("why", "--report", "bad.json", "layer2", cwd=tmp_path), 1, "P0753")


def test_why_writes_nothing_and_takes_the_folders_settings(model_file, tmp_path):
    shutil.copy(model_file("torchvision", "resnet18", "scripted"), tmp_path / "model.pt")
    (tmp_path / "prunec.toml").write_text('[compile]\nrules = "resnet18"\nstrategy = "all"\n[apply]\nratio = 0.4\ninput = "1x3x64x64"\n')
    program.succeeds(program.prunec("compile", cwd=tmp_path))
    before = sorted(path.name for path in tmp_path.iterdir())
    assert why("model.pt", "bn1:3", cwd=tmp_path)[0]["layer"] == "bn1"
    assert sorted(path.name for path in tmp_path.iterdir()) == before

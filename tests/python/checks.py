# SPDX-FileCopyrightText: 2026 The prunec authors
# SPDX-License-Identifier: Apache-2.0

"""What must hold between a model, the report of its pruning and the pruned model. Each check raises AssertionError with what it found."""

import copy
import hashlib
from pathlib import Path

import torch

import models

TOLERANCE = 1e-4


def sha256(path):
    return hashlib.sha256(Path(path).read_bytes()).hexdigest()


def same_bits(left, right):
    """Equal type, shape and bits; unlike ==, it tells -0.0 from 0.0 and takes a NaN as equal to itself."""
    return (left.dtype == right.dtype and left.shape == right.shape
            and left.contiguous().flatten().view(torch.uint8).equal(right.contiguous().flatten().view(torch.uint8)))


def sliced_state(state, edits):
    """The state that the report's edits make of the original state."""
    result = dict(state)
    for edit in edits:
        tensor = result[edit["tensor"]]
        result[edit["tensor"]] = (sliced_groups(tensor, edit) if edit.get("groups", 1) > 1
                                  else tensor.index_select(edit["axis"], torch.tensor(edit["kept"], dtype=torch.long)))
    return result


def sliced_groups(tensor, edit):
    """Axis 1 of a grouped convolution's weight spans one group; the edit counts over all of them."""
    width = tensor.shape[1]
    parts = [[position - width * group for position in edit["kept"] if position // width == group] for group in range(edit["groups"])]
    parts = [torch.tensor(part) for part in parts if part]
    return torch.cat([rows.index_select(1, part) for rows, part in zip(tensor.chunk(len(parts)), parts, strict=True)])


def check_state(original, pruned, edits):
    """Every tensor of the pruned model is the original's at the kept positions, bit for bit, and no other tensor changed."""
    assert list(pruned) == list(original), "the pruned model has other state_dict keys, or in another order"
    expected = sliced_state(original, edits)
    wrong = [key for key in expected if not same_bits(expected[key], pruned[key])]
    assert not wrong, f"not the original's values at the kept positions: {wrong}"


def check_edits_complete(edits, channels):
    """Whatever belongs to a norm that lost channels was edited, at the channels that the norm keeps."""
    edited = {(edit["tensor"], edit["axis"]): edit["kept"] for edit in edits}
    for site in channels:
        if site["after"] == site["before"]:
            continue
        for name in ("weight", "bias", "running_mean", "running_var"):
            key = (f"{site['path']}.{name}", 0)
            assert edited.get(key) == site["kept"], f"{key[0]} was not sliced to what its norm keeps"


def masked(model, channels):
    """A copy of the model in which every removed channel of every site has neither scale nor shift."""
    result = copy.deepcopy(model)
    layers = models.norms(result)
    with torch.no_grad():
        for site in channels:
            removed = sorted(set(range(site["before"])) - set(site["kept"]))
            layers[site["path"]].weight[removed] = 0
            layers[site["path"]].bias[removed] = 0
    return result


def relative_difference(expected, actual):
    return ((expected - actual).abs().max() / expected.abs().max()).item()


def check_outputs(model, channels, inputs, outputs):
    """The pruned model's outputs are those of the masked one, and the masking matters: the original's own are different."""
    reference = masked(model, channels)
    for given, got in zip(inputs, outputs, strict=True):
        with torch.no_grad():
            expected, unpruned = reference(given), model(given)
        assert torch.isfinite(expected).all() and got.shape == expected.shape
        difference = relative_difference(expected, got)
        assert difference <= TOLERANCE, f"outputs differ from the masked model's by {difference:.2e} at {tuple(given.shape)}"
        assert relative_difference(expected, unpruned) > 10 * TOLERANCE, "the removed channels do not matter: this proves nothing"


def check_schema(report):
    """The documented form of the report, schema 1. Further keys are allowed, other types are not."""
    number, text, whole = (int, float), str, int
    documented = {
        "schema": whole, "prunec": text,
        "model": {"path": text, "sha256": text, "format": text},
        "plan": {"architecture": text, "strategy": text, "rules_sha256": text},
        "request": {"kind": text, "value": number}, "reached": {"channels_removed": number}, "threshold": number,
        "channels": [{"path": text, "kind": text, "before": whole, "after": whole, "kept": [whole], "set": whole, "role": text}],
        "edits": [{"tensor": text, "axis": whole, "kept": [whole]}],
        "attributes": [{"path": text, "name": text, "before": whole, "after": whole}],
        "totals": {name: {"before": whole, "after": whole} for name in ("parameters", "macs", "bytes")},
        "verification": {"performed": bool, "passed": bool, "max_abs_diff": number, "max_rel_diff": number, "tolerance": number,
                         "inputs": text},
        "output": {"path": text, "sha256": text},
    }
    check_form(report, documented, "report")
    assert report["schema"] == 1
    for entry in report["channels"]:
        check_kept(entry["kept"], entry["before"], entry["path"])
        assert len(entry["kept"]) == entry["after"], entry["path"]
    for entry in report["edits"]:
        check_kept(entry["kept"], None, entry["tensor"])


def check_form(value, form, place):
    if isinstance(form, dict):
        assert isinstance(value, dict), f"{place} is no object"
        for key, inner in form.items():
            assert key in value, f"{place} lacks {key}"
            check_form(value[key], inner, f"{place}.{key}")
    elif isinstance(form, list):
        assert isinstance(value, list), f"{place} is no list"
        for position, item in enumerate(value):
            check_form(item, form[0], f"{place}[{position}]")
    else:
        allowed = form if isinstance(form, tuple) else (form,)
        assert type(value) in allowed, f"{place} is {value!r}"


def check_kept(kept, width, place):
    assert kept, f"{place} keeps nothing"
    assert all(low < high for low, high in zip(kept, kept[1:])), f"{place}: kept is not sorted"
    assert kept[0] >= 0 and (width is None or kept[-1] < width), f"{place}: kept positions lie outside the layer"

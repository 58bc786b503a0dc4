# SPDX-FileCopyrightText: 2026 The prunec authors
# SPDX-License-Identifier: Apache-2.0

"""The pruning practice by hand, as people did it before prunec: plain Python on lists of scales.

It is written from the practice's own formulas and shares nothing with prunec, so that the tests can hold prunec against it. A network
is a list of (path, scales) in execution order; the answer gives, for each path, the sorted channels that stay.
"""

import math

BLOCKS = {"resnet18": [2, 2, 2, 2], "resnet50": [3, 4, 6, 3]}  # of the plain networks; their relatives have the same

# The norms that each strategy prunes, in execution order inside a block; and the one that writes to the residual stream, where it is among them.
VOTERS = {
    ("resnet18", "bn1"): (["bn1"], None),
    ("resnet18", "all"): (["bn1", "bn2"], "bn2"),
    ("resnet50", "inner"): (["bn1", "bn2"], None),
    ("resnet50", "all"): (["bn1", "bn2", "bn3"], "bn3"),
}


def voter_paths(architecture, strategy):
    norms, _ = VOTERS[architecture, strategy]
    return [f"layer{stage}.{block}.{norm}"
            for stage, blocks in enumerate(BLOCKS[architecture], start=1) for block in range(blocks) for norm in norms]


def ties(architecture, strategy):
    """Lists of (voters, carried): the paths that share a stream."""
    _, writer = VOTERS[architecture, strategy]
    if writer is None:
        return []
    found = []
    for stage, blocks in enumerate(BLOCKS[architecture], start=1):
        # Stage 1 of the basic-block network adds to what the stem wrote; everywhere else a downsample norm starts the stream.
        carried = ["bn1"] if architecture == "resnet18" and stage == 1 else [f"layer{stage}.0.downsample.1"]
        found.append(([f"layer{stage}.{block}.{writer}" for block in range(blocks)], carried))
    return found


def global_threshold(scales, ratio):
    pool = sorted(abs(scale) for norm in scales for scale in norm)
    return pool[math.floor(len(pool) * ratio)]


def weakest(scales, present, count):
    return sorted(present, key=lambda channel: abs(scales[channel]))[:count]


def kept_channels(architecture, strategy, gammas, ratio):
    """gammas: path -> scales. Returns (threshold, path -> kept channels) for all the voters and what they carry."""
    return kept_of(voter_paths(architecture, strategy), gammas, ratio, ties(architecture, strategy))


def kept_of(paths, gammas, ratio, quotas=(), means=()):
    """The same for any network. paths: the voters in execution order; quotas and means: the ties, as lists of (voters, carried)."""
    threshold = global_threshold([gammas[path] for path in paths], ratio)
    count = {path: sum(abs(scale) < threshold for scale in gammas[path]) for path in paths}
    kept = {}
    for path in paths:
        everything = range(len(gammas[path]))
        removed = weakest(gammas[path], everything, min(count[path], len(gammas[path]) - 1))
        kept[path] = sorted(set(everything) - set(removed))
    for voters, carried in quotas:
        quota = min(count[path] for path in voters) // len(voters)
        present = set(range(len(gammas[voters[0]])))
        for path in voters:
            present -= set(weakest(gammas[path], present, min(quota, len(present) - 1)))
        for path in voters + carried:
            kept[path] = sorted(present)
    for voters, carried in means:
        scores = [sum(abs(scale) for scale in channel) / len(voters) for channel in zip(*(gammas[path] for path in voters))]
        strong = [channel for channel, score in enumerate(scores) if score >= threshold]
        for path in voters + carried:
            kept[path] = strong or [scores.index(max(scores))]
    return threshold, kept


def rounded_up(width, removed, multiple):
    """The classical rule for the widths around a grouped convolution: the kept width is rounded up to a multiple of the groups."""
    if (width - removed) % multiple != 0:
        removed = width - (width - removed) // multiple * multiple - multiple
    return min(removed, width - multiple)


def kept_in_groups(scales, threshold, groups):
    """So many channels go as the classical rule says, the weakest of each group, from every group the same number."""
    width = len(scales)
    removed = rounded_up(width, sum(abs(scale) < threshold for scale in scales), groups) // groups
    each = width // groups
    members = [range(group * each, (group + 1) * each) for group in range(groups)]
    return sorted(channel for group in members for channel in set(group) - set(weakest(scales, group, removed)))


def kept_groups(before, after, threshold, groups):
    """Whole groups go, by the mean of all the scales on either side of them. Returns the kept channels of both sides."""
    shares = [(scales[group * len(scales) // groups:(group + 1) * len(scales) // groups]) for group in range(groups) for scales in (before, after)]
    means = [sum(map(abs, a + b)) / (len(a) + len(b)) for a, b in zip(shares[::2], shares[1::2])]
    stay = [group for group, mean in enumerate(means) if mean >= threshold] or [means.index(max(means))]
    return [sorted(channel for group in stay for channel in range(group * len(scales) // groups, (group + 1) * len(scales) // groups))
            for scales in (before, after)]

// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <string>
#include <vector>

#include "runtime/explain/answer.h"

namespace prunec {

/// The answer in words, the verdict first. `set` is what was decided on the channel's set; null when no statement touches the layer.
std::vector<std::string> sentences_of(const ChannelAnswer& answer, const SetDecision* set);

std::vector<std::string> sentences_of(const LayerAnswer& answer);

}  // namespace prunec

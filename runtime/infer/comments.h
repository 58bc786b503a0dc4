// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

/// What a drafted rule file says of the model in its comments.
#pragma once

#include <string>
#include <vector>

#include "runtime/infer/draft.h"
#include "runtime/infer/relations.h"
#include "runtime/infer/streams.h"

namespace prunec::infer {

/// What makes channels of the relation's streams one: "added by `aten::add_` (8 times, first at `layer1.0`)".
std::vector<std::string> reasons_for(const Relation& relation, const ChannelGraph& graph, const Streams& streams);

/// The norms that stay whole, by reason, in execution order.
std::vector<WholeDraft> whole_norms(const ChannelGraph& graph, const Streams& streams);

/// The convolutions in groups with prunable channels on either side.
std::vector<std::string> grouped_layers(const ChannelGraph& graph, const Streams& streams);

/// "`a`, `b` and 7 more".
std::string some_of(const std::vector<std::string>& names);

}  // namespace prunec::infer

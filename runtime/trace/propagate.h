// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "runtime/model/op_trace.h"
#include "runtime/trace/channel_graph.h"

namespace prunec {

/// Carries channel ids through everything that the model executed. An operation without a rule pins the channels that reach it, with its
/// name as the reason; nothing is guessed. Linear in channels times operations; a second pass where layers make
/// channels that no norm scales, which their own filters can mask then.
ChannelGraph propagate(const OpTrace& trace);

/// Whether the operation is understood. One that is not pins what reaches it.
bool has_rule(const Operation& operation);

}  // namespace prunec

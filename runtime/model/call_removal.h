// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

/// Calls of modules in the code of one method.
#pragma once

#include <functional>
#include <optional>
#include <set>
#include <string>
#include <torch/csrc/jit/ir/ir.h>
#include <vector>

namespace prunec {

/// The calls of modules inside the method's own one, by their paths from there.
std::vector<torch::jit::Node*> calls_of(torch::jit::Graph& graph, const std::set<std::string>& modules);

/// What the callers of the method get from it.
using ReceivedLists = std::function<std::vector<const torch::jit::Value*>()>;

/// Removes the calls, with everything that their results flow through on the way to a list that is concatenated, here or by the callers.
/// Nothing is changed unless all can go; else returns why not.
std::optional<std::string> remove_calls(torch::jit::Graph& graph, const std::vector<torch::jit::Node*>& calls,
                                        const ReceivedLists& received);

}  // namespace prunec

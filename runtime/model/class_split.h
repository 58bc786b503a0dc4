// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <map>
#include <string>
#include <torch/csrc/jit/api/module.h>

namespace prunec {

/// Gives modules classes of their own. A scripted model has one class per kind of module, with the constants in it and in its methods'
/// graphs; a change to one instance must not reach the others. The named modules, and the modules that contain them, are made anew on
/// new classes (a path copy); modules with equal keys and the same old class share the new one. Everything else, tensors included, is
/// shared with `model`, which is of no use afterwards.
///   keys: what sets a module apart from others of its class, by module path
torch::jit::Module split_classes(const torch::jit::Module& model, const std::map<std::string, std::string>& keys);

}  // namespace prunec

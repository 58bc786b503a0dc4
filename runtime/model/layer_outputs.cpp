// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include "runtime/model/layer_outputs.h"

#include <string_view>
#include <torch/csrc/jit/ir/ir.h>

namespace prunec {

void LayerOutputs::operation(const torch::jit::Node& node, const CodeSite& site, const std::vector<RunValue>& /*inputs*/,
                             const std::vector<c10::IValue>& outputs) {
  const std::string_view name = node.kind().toUnqualString();
  const bool has_weights = name.find("conv") != std::string_view::npos || name == "linear" || name == "addmm";
  if (!has_weights || outputs.size() != 1 || !outputs[0].isTensor()) return;
  // The layer behind may change it in place.
  outputs_.push_back({paths_.of(site.module), outputs[0].toTensor().clone()});
}

}  // namespace prunec

// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <string>
#include <torch/csrc/jit/api/module.h>
#include <unordered_map>

#include "runtime/model/interpreter.h"
#include "runtime/model/model.h"

namespace prunec {

/// Collects what every convolution and linear layer of a run makes, in order.
class LayerOutputs : public OperationObserver {
 public:
  explicit LayerOutputs(const torch::jit::Module& model);

  void operation(const torch::jit::Node& node, const CodeSite& site, const std::vector<RunValue>& inputs,
                 const std::vector<c10::IValue>& outputs) override;

  std::vector<LayerOutput> take() { return std::move(outputs_); }

 private:
  std::unordered_map<const c10::ivalue::Object*, std::string> paths_;
  std::vector<LayerOutput> outputs_;
};

}  // namespace prunec

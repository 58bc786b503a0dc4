// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "runtime/model/interpreter.h"
#include "runtime/model/model.h"
#include "runtime/model/module_paths.h"

namespace prunec {

/// Collects what every convolution and linear layer of a run makes, in order.
class LayerOutputs : public OperationObserver {
 public:
  explicit LayerOutputs(const torch::jit::Module& model) : paths_(model) {}

  void operation(const torch::jit::Node& node, const CodeSite& site, const std::vector<RunValue>& inputs,
                 const std::vector<c10::IValue>& outputs) override;

  std::vector<LayerOutput> take() { return std::move(outputs_); }

 private:
  ModulePaths paths_;
  std::vector<LayerOutput> outputs_;
};

}  // namespace prunec

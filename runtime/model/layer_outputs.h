// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "runtime/model/interpreter.h"

namespace prunec {

/// Collects what every convolution and linear layer of a run makes, in order.
class LayerOutputs : public OperationObserver {
 public:
  void operation(const torch::jit::Node& node, const CodeSite& site, const std::vector<RunValue>& inputs,
                 const std::vector<c10::IValue>& outputs) override;

  std::vector<at::Tensor> take() { return std::move(outputs_); }

 private:
  std::vector<at::Tensor> outputs_;
};

}  // namespace prunec

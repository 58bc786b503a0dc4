// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include "runtime/model/undisturbed.h"

#include <ATen/core/grad_mode.h>

namespace prunec {

Undisturbed::Undisturbed(const torch::jit::Module& model, const at::Tensor& batch) : image_size_(model, batch) {
  for (const torch::jit::Module& module : model.modules()) {
    if (!module.hasattr("training")) continue;
    modes_.emplace_back(module, module.is_training());
    module._ivalue()->setAttr("training", false);
  }
  for (const at::Tensor& buffer : model.buffers()) buffers_.emplace_back(buffer, buffer.clone());
}

Undisturbed::~Undisturbed() {
  const at::NoGradGuard no_gradients;
  for (const auto& [module, training] : modes_) module._ivalue()->setAttr("training", training);
  for (const auto& [buffer, content] : buffers_) buffer.copy_(content);
}

}  // namespace prunec

// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <torch/csrc/jit/api/module.h>

#include "runtime/model/op_trace.h"

namespace prunec {

/// Runs `forward` on the input and records every operation that has to do with tensors. Throws what LibTorch throws.
OpTrace record_forward(const torch::jit::Module& model, const at::Tensor& input);

/// All tensors in a value, however nested, in order.
std::vector<at::Tensor> tensors_in(const c10::IValue& value);

}  // namespace prunec

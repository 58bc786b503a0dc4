// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

/// A library of operators such as users write their own.

#include <ATen/ATen.h>
#include <torch/library.h>

namespace {

at::Tensor twice(const at::Tensor& x) {
  return x + x;
}

}  // namespace

TORCH_LIBRARY(prunec_test, library) {
  library.def("twice(Tensor x) -> Tensor", &twice);
}

// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

/// How a model takes its input: one tensor, or, as torchvision's detectors do, a list of images that it resizes itself.
#pragma once

#include <ATen/core/Tensor.h>
#include <optional>
#include <torch/csrc/jit/api/module.h>

namespace prunec {

bool takes_image_list(const torch::jit::Module& model);

/// The first argument of `forward`. `batch`: [N, C, H, W]; a model that takes a list gets N images of [C, H, W].
c10::IValue argument_for(const torch::jit::Module& model, const at::Tensor& batch);

/// Lets a detector run on images of the size they have, where it would enlarge them first (to 800 pixels and more, which takes seconds),
/// and gives it back its own sizes at the end. Other models are left alone.
class OwnImageSize {
 public:
  OwnImageSize(const torch::jit::Module& model, const at::Tensor& batch);
  ~OwnImageSize();
  OwnImageSize(const OwnImageSize&) = delete;
  OwnImageSize& operator=(const OwnImageSize&) = delete;

 private:
  std::optional<torch::jit::Module> transform_;
  c10::IValue min_size_;
};

}  // namespace prunec

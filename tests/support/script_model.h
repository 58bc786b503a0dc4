// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

/// Small TorchScript models made in memory from source text. Norms get random distinct scales, shifts and statistics: fresh ones and
/// zeros would hide errors.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <torch/csrc/jit/api/module.h>
#include <vector>

#include "runtime/model/model.h"

namespace prunec::test {

class ScriptModel {
 public:
  ScriptModel();

  /// Adds a submodule of that name that the forward source can call.
  ScriptModel& conv(const std::string& name, std::int64_t in, std::int64_t out, std::int64_t kernel = 3, std::int64_t groups = 1,
                    bool bias = false);
  ScriptModel& norm(const std::string& name, std::int64_t width);
  /// A batch norm of plain buffers that computes its scale and shift itself, as torchvision's FrozenBatchNorm2d does.
  ScriptModel& frozen_norm(const std::string& name, std::int64_t width);
  ScriptModel& linear(const std::string& name, std::int64_t in, std::int64_t out);
  /// Adds a submodule with those parameters whose forward has that body, indented by two spaces and reading `x`.
  ScriptModel& custom(const std::string& name, const std::map<std::string, std::vector<std::int64_t>>& parameters, const std::string& body);
  /// Adds a parameter of the model itself.
  ScriptModel& parameter(const std::string& name, const std::vector<std::int64_t>& shape);
  /// Adds `name` as a second instance of the class of `original`, with tensors of its own.
  ScriptModel& another(const std::string& name, const std::string& original);
  /// Lets `name` be the very module that `original` is.
  ScriptModel& same(const std::string& name, const std::string& original);
  /// Defines a function that forward can call, from its whole source.
  ScriptModel& function(const std::string& source);
  /// Defines forward. `body` is indented by two spaces and reads `x`.
  ScriptModel& forward(const std::string& body);

  torch::jit::Module& module() { return module_; }
  std::string bytes() const;
  /// The model as prunec reads it; fails the test when it cannot.
  Model read() const;

 private:
  torch::jit::Module layer(const std::string& class_name) const;

  std::shared_ptr<torch::jit::CompilationUnit> unit_;
  torch::jit::Module module_;
};

/// Eight channels from `a`, scaled by `na`; the expression of `y` hands on `width` of them to the convolution `b`, and a linear head.
/// `slope` is a parameter for each of the eight, `mix` a linear layer of eight inputs without a bias.
ScriptModel network_around(const std::string& expression, std::int64_t width);

/// A residual network: a stem (`bn`), two blocks (`bn1`, `bn2` and `bn3`, `bn4`) on one stream, a linear head. `bn`, `bn2` and `bn4` write
/// to the stream; `bn1` and `bn3` are free.
ScriptModel residual_network(std::int64_t width);

}  // namespace prunec::test

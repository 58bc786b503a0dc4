// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

/// Runs a TorchScript method operation by operation, without the JIT's executors: control flow, calls, lists and objects are carried out
/// here, every other node by LibTorch's own operator. Results equal the JIT's bit for bit, and an observer sees each operation with its
/// values and the module that runs it. Running this way also leaves the executors uncompiled, so the model's graphs may be edited after.
#pragma once

#include <optional>
#include <torch/csrc/jit/api/module.h>
#include <vector>

namespace prunec {

/// The tensor whose size a number is, and along which axis. Null for every other value. A list of all its sizes has no axis.
struct SizeOf {
  const at::TensorImpl* tensor = nullptr;
  std::optional<std::int64_t> axis = {};
};

/// A value of the run and whether it stands in the model's text or among its attributes, rather than being computed from a tensor.
struct RunValue {
  c10::IValue value;
  bool literal = false;
  std::vector<bool> elements;  ///< for a list: the same per element; empty: as `literal`
  SizeOf size_of = {};
};

/// Where a node lies: in a method of `module`, or in a function that this method calls, directly or by way of others.
struct CodeSite {
  const torch::jit::Object* module = nullptr;
  const torch::jit::Function* method = nullptr;
  std::vector<const torch::jit::Node*> calls{};  ///< of functions, from the method inwards

  CodeSite inside(const torch::jit::Node& call) const {
    CodeSite site = *this;
    site.calls.push_back(&call);
    return site;
  }
};

class OperationObserver {
 public:
  virtual ~OperationObserver() = default;

  /// `inputs` hold the values before the operation ran; tensors changed in place show
  /// their new content.
  virtual void operation(const torch::jit::Node& node, const CodeSite& site, const std::vector<RunValue>& inputs,
                         const std::vector<c10::IValue>& outputs) = 0;
};

/// Runs `forward`. `observer` may be null. Throws what LibTorch throws when the model cannot be run this way.
c10::IValue interpret_forward(const torch::jit::Module& model, std::vector<c10::IValue> inputs, OperationObserver* observer);

}  // namespace prunec

// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

/// A loaded model: run it, see its tensors, edit it, serialise it. The file format stays behind this class; LibTorch's exceptions do too.
#pragma once

#include <ATen/core/Tensor.h>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/diag/outcome.h"
#include "runtime/model/op_trace.h"
#include "runtime/slice/edits.h"

namespace prunec {

/// What a convolution or linear layer made in a run.
struct LayerOutput {
  std::string module;  ///< path of the module that ran it
  at::Tensor content;
};

/// What a run returns, and what each of its layers made on the way.
struct LayeredRun {
  std::vector<at::Tensor> outputs;
  std::vector<LayerOutput> layers;  ///< in execution order
};

class Model {
 public:
  /// Reads a TorchScript model, scripted or traced, onto the CPU. `path` is only for messages. Errors: P0501, P0502, P0503.
  static Outcome<Model> read(const std::string& path, const std::string& bytes);

  ~Model();
  Model(Model&&) noexcept;
  Model& operator=(Model&&) noexcept;

  /// "torchscript", as reports name it.
  std::string_view format() const { return "torchscript"; }

  /// Runs the model once in evaluation mode on random numbers of that shape and records what it executed. Error: P0504.
  Outcome<OpTrace> trace(const std::vector<std::int64_t>& input_shape) const;

  /// Runs the model in evaluation mode, operation by operation; its buffers stay as they are. Returns every tensor that the model
  /// returns, in order. Error: P0504.
  Outcome<std::vector<at::Tensor>> run(const at::Tensor& input) const;

  /// The same through the JIT, as users run it. The model's graphs cannot be edited afterwards.
  Outcome<std::vector<at::Tensor>> run_compiled(const at::Tensor& input) const;

  /// True for a model that takes a list of images and chooses by rank what it returns, as detectors do.
  bool is_detector() const;

  /// A copy whose floating-point parameters and buffers are in double precision, run like `run`: where a model ranks its results, single
  /// precision may swap two. Error: P0504.
  Outcome<LayeredRun> run_in_double(const at::Tensor& input) const;

  /// The data type of the first floating-point parameter: what inputs must have.
  at::ScalarType input_type() const;

  /// The parameter or buffer of that state_dict key; undefined when there is none. It shares its data with the model.
  at::Tensor tensor(const std::string& key) const;

  /// The state_dict keys of the parameters; buffers are not among them.
  std::vector<std::string> parameters() const;

  /// The paths of all modules, the model's own (empty) first.
  std::vector<std::string> modules() const;

  /// The input that image models usually take: one image of 224 x 224, with as many channels as the first convolution reads.
  std::vector<std::int64_t> usual_input() const;

  /// Elements of the parameters, each shared one counted once; buffers are not counted.
  std::int64_t parameter_count() const;

  /// Carries out the edits. Tensors keep their identity, so shared ones stay shared. Error: P0704, and then the model is spoiled.
  Diagnostics apply(const Edits& edits);

  /// The bytes of a model file of the same format.
  std::string serialise() const;

 private:
  struct State;
  explicit Model(std::unique_ptr<State> state);

  std::unique_ptr<State> state_;
};

}  // namespace prunec

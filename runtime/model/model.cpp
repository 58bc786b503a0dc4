// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include "runtime/model/model.h"

#include <ATen/Context.h>
#include <ATen/ops/cat.h>
#include <ATen/ops/chunk.h>
#include <ATen/ops/index_select.h>
#include <ATen/ops/randn.h>
#include <ATen/ops/tensor.h>
#include <map>
#include <sstream>
#include <torch/csrc/jit/runtime/graph_executor.h>
#include <unordered_set>

#include "runtime/model/calling.h"
#include "runtime/model/code_edits.h"
#include "runtime/model/groups.h"
#include "runtime/model/interpreter.h"
#include "runtime/model/layer_outputs.h"
#include "runtime/model/model_state.h"
#include "runtime/model/module_removal.h"
#include "runtime/model/record.h"
#include "runtime/model/shape_text.h"
#include "runtime/model/torch_error.h"
#include "runtime/model/undisturbed.h"

namespace prunec {

namespace {

Diagnostic does_not_run(const std::string& input, const std::exception& error) {
  Diagnostic diagnostic{Code::kP0504, "the model does not run on an input of " + input};
  diagnostic.notes.push_back({{}, cause_of(error)});
  diagnostic.help = "name the shape that the model takes with `--input`, for example `--input 1x3x224x224`";
  return diagnostic;
}

/// What the edit leaves of a tensor.
at::Tensor cut(const at::Tensor& tensor, const TensorEdit& edit) {
  if (edit.groups == 1) return at::index_select(tensor, edit.axis, at::tensor(edit.kept, at::kLong));
  // Groups that keep nothing have lost their rows to the edit of axis 0 already.
  const std::int64_t width = tensor.size(edit.axis);
  std::map<std::int64_t, std::vector<std::int64_t>> kept_by_group;
  for (const std::int64_t position : edit.kept) kept_by_group[position / width].push_back(position % width);
  std::vector<at::Tensor> parts;
  const auto blocks = tensor.chunk(static_cast<std::int64_t>(kept_by_group.size()), 0);
  auto rows = blocks.begin();
  for (const auto& [group, kept] : kept_by_group) parts.push_back(at::index_select(*rows++, edit.axis, at::tensor(kept, at::kLong)));
  return at::cat(parts);
}

}  // namespace

Model::State::State(torch::jit::Module loaded) : module(std::move(loaded)) {
  for (const auto& parameter : module.named_parameters()) tensors.emplace(parameter.name, parameter.value);
  for (const auto& buffer : module.named_buffers()) tensors.emplace(buffer.name, buffer.value);
}

Model::Model(std::unique_ptr<State> state) : state_(std::move(state)) {}
Model::~Model() = default;
Model::Model(Model&&) noexcept = default;
Model& Model::operator=(Model&&) noexcept = default;

Outcome<OpTrace> Model::trace(const std::vector<std::int64_t>& input_shape) const {
  try {
    const at::Tensor input = at::randn(input_shape, input_type());
    const Undisturbed undisturbed(state_->module, input);
    return record_forward(state_->module, input);
  } catch (const std::exception& error) {
    return does_not_run(shape_text(input_shape), error);
  }
}

Outcome<std::vector<at::Tensor>> Model::run(const at::Tensor& input) const {
  try {
    const Undisturbed undisturbed(state_->module, input);
    return tensors_in(interpret_forward(state_->module, {argument_for(state_->module, input)}, nullptr));
  } catch (const std::exception& error) {
    return does_not_run(shape_text(input.sizes()), error);
  }
}

Outcome<std::vector<at::Tensor>> Model::run_compiled(const at::Tensor& input) const {
  try {
    const Undisturbed undisturbed(state_->module, input);
    const at::NoGradGuard no_gradients;
    // One run does not repay the executor's optimisation.
    torch::jit::setGraphExecutorOptimize(false);
    return tensors_in(state_->module.forward({argument_for(state_->module, input)}));
  } catch (const std::exception& error) {
    return does_not_run(shape_text(input.sizes()), error);
  }
}

bool Model::is_detector() const {
  return takes_image_list(state_->module);
}

Outcome<LayeredRun> Model::run_in_double(const at::Tensor& input) const {
  try {
    torch::jit::Module exact = state_->module.deepcopy();
    exact.to(at::kDouble);
    const at::Tensor batch = input.to(at::kDouble);
    const Undisturbed undisturbed(exact, batch);
    LayerOutputs layers(exact);
    std::vector<at::Tensor> outputs = tensors_in(interpret_forward(exact, {argument_for(exact, batch)}, &layers));
    return LayeredRun{std::move(outputs), layers.take()};
  } catch (const std::exception& error) {
    return does_not_run(shape_text(input.sizes()), error);
  }
}

at::ScalarType Model::input_type() const {
  for (const at::Tensor& parameter : state_->module.parameters()) {
    if (parameter.is_floating_point()) return parameter.scalar_type();
  }
  return at::kFloat;
}

at::Tensor Model::tensor(const std::string& key) const {
  const auto tensor = state_->tensors.find(key);
  return tensor == state_->tensors.end() ? at::Tensor() : tensor->second;
}

std::vector<std::string> Model::parameters() const {
  std::vector<std::string> keys;
  for (const auto& parameter : state_->module.named_parameters()) keys.push_back(parameter.name);
  return keys;
}

std::vector<std::string> Model::modules() const {
  std::vector<std::string> paths;
  for (const auto& module : state_->module.named_modules()) paths.push_back(module.name);
  return paths;
}

std::vector<std::int64_t> Model::usual_input() const {
  for (const at::Tensor& parameter : state_->module.parameters()) {
    if (parameter.dim() == 4) return {1, parameter.size(1), 224, 224};
    if (parameter.dim() > 1) break;
  }
  return {1, 3, 224, 224};
}

std::int64_t Model::parameter_count() const {
  std::int64_t count = 0;
  std::unordered_set<const c10::TensorImpl*> seen;
  for (const at::Tensor& parameter : state_->module.parameters()) {
    if (seen.insert(parameter.unsafeGetTensorImpl()).second) count += parameter.numel();
  }
  return count;
}

Diagnostics Model::apply(const Edits& edits) {
  const at::NoGradGuard no_gradients;
  for (const TensorEdit& edit : edits.tensors) {
    at::Tensor& tensor = state_->tensors.at(edit.tensor);
    // New data in the same tensor: its role, its gradient flag and everything that shares it stay.
    tensor.set_data(cut(tensor.detach(), edit).contiguous(tensor.suggest_memory_format()));
  }
  // First, since the places in the code count on it as it was.
  Diagnostics diagnostics = edit_code(state_->module, edits);
  append(diagnostics, set_groups(state_->module, edits.attributes));
  append(diagnostics, remove_modules(state_->module, edits.modules));
  if (!edits.modules.empty()) state_ = std::make_unique<State>(state_->module);
  return diagnostics;
}

std::string Model::serialise() const {
  std::ostringstream stream;
  state_->module.save(stream);
  return std::move(stream).str();
}

}  // namespace prunec

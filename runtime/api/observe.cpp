// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include "runtime/api/observe.h"

#include <ATen/core/Tensor.h>

#include "compiler/source/file_io.h"
#include "compiler/source/sha256.h"
#include "runtime/trace/propagate.h"

namespace prunec {

Outcome<std::string> read_model_file(const std::string& path) {
  auto file = read_file(path);
  if (auto* bytes = std::get_if<std::string>(&file)) return std::move(*bytes);
  const IoError& error = std::get<IoError>(file);
  Diagnostic diagnostic{Code::kP0854, error.missing ? "there is no such model file" : "the model file cannot be read"};
  diagnostic.place = FilePlace{path};
  if (!error.missing) diagnostic.notes.push_back({{}, error.reason});
  diagnostic.help = "name a TorchScript file, saved in Python with `torch.jit.save`";
  return diagnostic;
}

Outcome<ObservedModel> observe(const std::string& path, const std::vector<std::int64_t>& input) {
  const auto bytes = read_model_file(path);
  if (!bytes) return bytes.diagnostics;
  auto model = Model::read(path, *bytes);
  if (!model) return std::move(model.diagnostics);
  std::vector<std::int64_t> shape = input.empty() ? model->usual_input() : input;
  auto trace = model->trace(shape);
  if (!trace) return std::move(trace.diagnostics);
  ChannelGraph graph = propagate(*trace);
  return ObservedModel{sha256_hex(*bytes), std::move(*model), std::move(shape), std::move(*trace), std::move(graph)};
}

std::int64_t macs_of(const ChannelGraph& graph, const Model& model) {
  std::int64_t macs = 0;
  for (const LayerCost& cost : graph.costs) {
    const at::Tensor weight = model.tensor(cost.weight);
    if (weight.defined()) macs += cost.positions * weight.numel();
  }
  return macs;
}

}  // namespace prunec

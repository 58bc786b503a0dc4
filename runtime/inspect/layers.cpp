// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include "runtime/inspect/layers.h"

#include <algorithm>
#include <cmath>
#include <unordered_map>

#include "runtime/facts/layer_channels.h"

namespace prunec {

namespace {

using Shape = std::vector<std::int64_t>;

std::int64_t elements(const Shape& shape) {
  std::int64_t product = 1;
  for (const std::int64_t extent : shape) product *= extent;
  return product;
}

/// `aten::add_` as `add`, `aten::_convolution` as `convolution`.
std::string plain_name(const std::string& operation) {
  std::string name = operation.substr(operation.rfind(':') + 1);
  while (name.size() > 1 && name.back() == '_') name.pop_back();
  while (name.size() > 1 && name.front() == '_') name.erase(0, 1);
  return name;
}

void describe_convolution(const Operation& operation, const Shape& weight, LayerRow& row) {
  const bool transposed = operation.flag("transposed") || operation.name.find("transpose") != std::string::npos;
  const std::int64_t groups = operation.integer("groups").value_or(1);
  row.inputs = transposed ? weight[0] : weight[1] * groups;
  row.outputs = transposed ? weight[1] * groups : weight[0];
  row.kind = std::string(groups == 1            ? ""
                         : groups == row.inputs ? "depthwise "
                                                : "grouped ") +
             (transposed ? "conv_transpose" : "conv") + std::to_string(weight.size() - 2) + "d";
}

void describe(const Operation& operation, const OpTrace& trace, LayerRow& row) {
  row.kind = plain_name(operation.name);
  const auto weight = operation.tensor("weight");
  if (!weight) return;
  const Shape& shape = trace.values[*weight].shape;
  if (row.kind.find("conv") != std::string::npos && shape.size() > 2) {
    describe_convolution(operation, shape, row);
  } else if (shape.size() == 2) {
    row.inputs = shape[1];
    row.outputs = row.kind == "embedding" ? shape[1] : shape[0];
  } else if (shape.size() == 1) {
    row.inputs = row.outputs = shape[0];
  }
}

class LayerList {
 public:
  LayerList(const OpTrace& trace, const std::unordered_set<std::string>& parameters) : trace_(trace), parameters_(parameters) {}

  void add(const Operation& operation) {
    for (const ValueId id : operation.tensors()) {
      const TensorValue& value = trace_.values[id];
      if (value.name.empty()) continue;
      std::string path = owner_of(value.name);
      const auto [entry, is_new] = index_.try_emplace(path, rows_.size());
      if (is_new) {
        rows_.push_back({std::move(path), "", 0, 0, 0, 0});
        describe(operation, trace_, rows_.back());
      }
      if (!sizes_.try_emplace(value.name, elements(value.shape)).second || !parameters_.contains(value.name)) continue;
      rows_[entry->second].parameters += elements(value.shape);
    }
  }

  void add(const LayerCost& cost) {
    if (sizes_.contains(cost.weight)) rows_[index_.at(owner_of(cost.weight))].macs += cost.positions * sizes_.at(cost.weight);
  }

  /// A norm may be written out in plain arithmetic; the graph knows better what it is.
  void add(const NormSite& norm) {
    const auto entry = index_.find(norm.path);
    if (entry == index_.end()) return;
    LayerRow& row = rows_[entry->second];
    row.kind = norm.kind;
    row.inputs = row.outputs = static_cast<std::int64_t>(norm.ids.size());
  }

  std::vector<LayerRow> take() { return std::move(rows_); }

 private:
  const OpTrace& trace_;
  const std::unordered_set<std::string>& parameters_;
  std::vector<LayerRow> rows_;
  std::unordered_map<std::string, std::size_t> index_;   ///< by module path
  std::unordered_map<std::string, std::int64_t> sizes_;  ///< of the tensors counted, by state_dict key
};

}  // namespace

std::vector<LayerRow> layers_of(const OpTrace& trace, const ChannelGraph& graph, const std::unordered_set<std::string>& parameters) {
  LayerList layers(trace, parameters);
  for (const Operation& operation : trace.operations) layers.add(operation);
  for (const NormSite& norm : graph.norms) {
    if (norm.has_scale()) layers.add(norm);
  }
  for (const LayerCost& cost : graph.costs) layers.add(cost);
  return layers.take();
}

NormScales spread_of(const std::string& path, std::vector<double> magnitudes) {
  NormScales norm{path, magnitudes.size(), {}, 0};
  norm.not_finite = std::erase_if(magnitudes, [](double value) { return !std::isfinite(value); });
  if (magnitudes.empty()) return norm;
  std::sort(magnitudes.begin(), magnitudes.end());
  for (std::size_t i = 0; i < norm.quantiles.size(); ++i) norm.quantiles[i] = magnitudes[(magnitudes.size() - 1) * i / 4];
  return norm;
}

}  // namespace prunec

// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include "runtime/measure/layer_run.h"

#include <ATen/ATen.h>
#include <algorithm>
#include <string_view>

namespace prunec {

namespace {

bool is_convolution(std::string_view name) {
  return name.starts_with("aten::conv1d") || name.starts_with("aten::conv2d") || name.starts_with("aten::conv3d") ||
         name.starts_with("aten::conv_transpose") || name == "aten::convolution" || name == "aten::_convolution";
}

/// A list argument, one entry for each axis of the kernel.
std::vector<std::int64_t> along_kernel(const Operation& operation, std::string_view argument, std::size_t axes, std::int64_t usual) {
  std::vector<std::int64_t> values = operation.integers(argument);
  if (values.empty()) values = {usual};
  if (values.size() < axes) values.resize(axes, values.front());
  return values;
}

/// `padding` may be the word "same", which keeps the size, or "valid", which adds nothing.
std::vector<std::int64_t> padding_of(const Operation& operation, const LayerRun& layer, std::size_t axes) {
  const ArgumentValue* given = operation.find("padding");
  const auto* word = given ? std::get_if<std::string>(given) : nullptr;
  if (!word || *word != "same") return along_kernel(operation, "padding", axes, 0);
  std::vector<std::int64_t> padding;
  for (std::size_t i = 0; i < axes; ++i) padding.push_back(layer.dilation[i] * (layer.weight[i + 2] - 1) / 2);
  return padding;
}

}  // namespace

std::optional<LayerRun> layer_run(const Operation& operation, const OpTrace& trace) {
  const auto input = operation.tensor("input");
  const auto weight = operation.tensor("weight");
  if (!input || !weight || trace.values[*weight].name.empty()) return std::nullopt;
  LayerRun layer;
  layer.linear = operation.name == "aten::linear";
  if (!layer.linear && !is_convolution(operation.name)) return std::nullopt;
  layer.input = trace.values[*input].shape;
  layer.weight = trace.values[*weight].shape;
  layer.bias = operation.tensor("bias").has_value();
  if (layer.linear) return layer;
  const std::size_t axes = layer.weight.size() - 2;
  layer.transposed = operation.flag("transposed") || operation.name.find("transpose") != std::string::npos;
  layer.groups = operation.integer("groups").value_or(1);
  layer.stride = along_kernel(operation, "stride", axes, 1);
  layer.dilation = along_kernel(operation, "dilation", axes, 1);
  layer.output_padding = along_kernel(operation, "output_padding", axes, 0);
  layer.padding = padding_of(operation, layer, axes);
  return layer;
}

LayerTensors tensors_for(const LayerRun& layer, std::int64_t axis0, std::int64_t axis1, const at::TensorOptions& options) {
  LayerTensors tensors;
  tensors.groups = layer.depthwise() ? (layer.transposed ? axis0 : axis0 * layer.groups / layer.weight[0]) : layer.groups;
  std::vector<std::int64_t> weight = layer.weight;
  weight[0] = axis0;
  weight[1] = axis1;
  std::vector<std::int64_t> input = layer.input;
  const bool batched = layer.input.size() == layer.weight.size();
  const std::size_t channels = layer.linear ? input.size() - 1 : batched ? 1 : 0;
  input[channels] = layer.transposed ? axis0 : axis1 * tensors.groups;
  const auto random = [&](const std::vector<std::int64_t>& shape) { return at::rand(shape, options.dtype(at::kFloat)).to(options); };
  tensors.input = random(input);
  tensors.weight = random(weight);
  if (layer.bias) tensors.bias = random({layer.transposed ? axis1 * tensors.groups : axis0});
  return tensors;
}

at::Tensor run_layer(const LayerRun& layer, const LayerTensors& tensors) {
  const std::optional<at::Tensor> bias = tensors.bias.defined() ? std::optional(tensors.bias) : std::nullopt;
  if (layer.linear) return at::linear(tensors.input, tensors.weight, bias);
  const bool batched = layer.input.size() == layer.weight.size();
  return at::convolution(batched ? tensors.input : tensors.input.unsqueeze(0), tensors.weight, bias, layer.stride, layer.padding,
                         layer.dilation, layer.transposed, layer.output_padding, tensors.groups);
}

}  // namespace prunec

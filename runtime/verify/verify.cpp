// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include "runtime/verify/verify.h"

#include <ATen/ATen.h>
#include <ATen/CPUGeneratorImpl.h>
#include <ATen/core/grad_mode.h>
#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <unordered_set>

#include "runtime/model/shape_text.h"

namespace prunec {

namespace {

std::string short_number(double number) {
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "%.1e", number);
  return text.data();
}

/// Normally distributed numbers that are the same in every run, so that a report is.
at::Tensor random_input(const std::vector<std::int64_t>& shape, at::ScalarType type, std::uint64_t seed) {
  return at::randn(shape, at::make_generator<at::CPUGeneratorImpl>(seed), at::kFloat).to(type);
}

/// Two at once, of about half the size: small, since it is there for its shape, and not square.
std::vector<std::int64_t> other_shape(std::vector<std::int64_t> shape) {
  shape[0] += 1;
  for (std::size_t axis = 2; axis < shape.size(); ++axis) {
    const std::int64_t half = (shape[axis] / 2 + 31) / 32 * 32;
    shape[axis] = half + 32 * static_cast<std::int64_t>(axis - 2);
  }
  return shape;
}

bool all_finite(const std::vector<at::Tensor>& tensors) {
  return std::all_of(tensors.begin(), tensors.end(), [](const at::Tensor& t) { return at::isfinite(t).all().item<bool>(); });
}

Diagnostic output_not_finite(const at::Tensor& input) {
  Diagnostic diagnostic{Code::kP0703, "the masked model's outputs for a random input of " + shape_text(input.sizes()) + " are not finite"};
  diagnostic.help = "check the model's weights and running statistics";
  return diagnostic;
}

struct Difference {
  double absolute = 0;
  double relative = 0;
  std::size_t output = 0;  ///< where the relative difference is largest
};

/// The largest difference over all outputs. NaN counts as infinite.
Difference difference(const std::vector<at::Tensor>& expected, const std::vector<at::Tensor>& actual) {
  Difference largest;
  for (std::size_t i = 0; i < expected.size(); ++i) {
    if (expected[i].numel() == 0) continue;
    const at::Tensor a = expected[i].to(at::kDouble);
    double absolute = (a - actual[i].to(at::kDouble)).abs().max().item<double>();
    if (std::isnan(absolute)) absolute = INFINITY;
    const double scale = a.abs().max().item<double>();
    const double relative = absolute == 0 ? 0 : absolute / scale;
    largest.absolute = std::max(largest.absolute, absolute);
    if (relative > largest.relative) {
      largest.relative = relative;
      largest.output = i;
    }
  }
  return largest;
}

bool same_shapes(const std::vector<at::Tensor>& a, const std::vector<at::Tensor>& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](const at::Tensor& x, const at::Tensor& y) { return x.sizes() == y.sizes(); });
}

Diagnostic not_equal(const std::string& what, const std::string& input) {
  Diagnostic diagnostic{Code::kP0701, "the sliced model " + what};
  diagnostic.notes.push_back({{}, "the input was " + input});
  return diagnostic;
}

Diagnostic does_not_run(const Diagnostics& causes) {
  Diagnostic diagnostic{Code::kP0702, "the sliced model does not run"};
  for (const Diagnostic& cause : causes) {
    diagnostic.notes.insert(diagnostic.notes.end(), cause.notes.begin(), cause.notes.end());
  }
  return diagnostic;
}

Outcome<LayeredRun> run_outputs(const Model& model, const at::Tensor& input) {
  auto outputs = model.run(input);
  if (!outputs) return std::move(outputs.diagnostics);
  return LayeredRun{std::move(*outputs), {}};
}

/// The sliced model runs as the masked one did, and through the JIT too.
Outcome<LayeredRun> run_sliced(const Model& sliced, const at::Tensor& input, const Expectation& expectation) {
  auto compiled = sliced.run_compiled(input);
  if (!compiled) return std::move(compiled.diagnostics);
  if (expectation.by_layers) return sliced.run_in_double(input);
  return LayeredRun{std::move(*compiled), {}};
}

/// Whether two images of one batch give outputs that differ by more than what the comparison lets pass by far. A wrong slice shows in
/// outputs that depend on the input; in those of a head of zeros, or behind layers that let nothing through, it may not.
bool depend_on_input(const std::vector<at::Tensor>& outputs) {
  constexpr double kLeast = 1e-3;
  return std::any_of(outputs.begin(), outputs.end(), [](const at::Tensor& output) {
    if (output.dim() == 0 || output.size(0) < 2 || !output.is_floating_point()) return false;
    const at::Tensor values = output.to(at::kDouble);
    return (values[0] - values[1]).abs().max().item<double>() > kLeast * values.abs().max().item<double>();
  });
}

bool differ_within(const std::vector<at::Tensor>& outputs) {
  return std::any_of(outputs.begin(), outputs.end(), [](const at::Tensor& output) {
    return output.numel() > 1 && output.is_floating_point() && output.max().item<double>() != output.min().item<double>();
  });
}

bool say_enough(const Expectation& expectation) {
  bool any_batch = false;
  for (std::size_t i = 0; i < expectation.inputs.size(); ++i) {
    if (expectation.inputs[i].size(0) < 2) continue;
    any_batch = true;
    if (depend_on_input(expectation.outputs[i])) return true;
  }
  return !any_batch && differ_within(expectation.outputs.front());
}

Diagnostic compared_by_layers() {
  Diagnostic diagnostic{Code::kP0707,
                        "the masked model's outputs hardly depend on its input, so every layer whose width stays was compared too"};
  diagnostic.help = "check that these are the weights of the trained network, and that the request leaves enough of it";
  return diagnostic;
}

/// Without what ran in modules that the sliced model does not have: they vanished.
std::vector<LayerOutput> layers_of(const Model& sliced, std::vector<LayerOutput> layers) {
  const std::vector<std::string> modules = sliced.modules();
  const std::unordered_set<std::string> present(modules.begin(), modules.end());
  std::erase_if(layers, [&](const LayerOutput& layer) { return !present.contains(layer.module); });
  return layers;
}

/// The difference between layers that have the same shape: a sliced one of another width has nothing to compare.
Difference difference_inside(const std::vector<LayerOutput>& expected, const std::vector<LayerOutput>& actual) {
  std::vector<at::Tensor> left, right;
  for (std::size_t i = 0; i < expected.size(); ++i) {
    if (expected[i].content.sizes() != actual[i].content.sizes()) continue;
    left.push_back(expected[i].content);
    right.push_back(actual[i].content);
  }
  return difference(left, right);
}

/// Runs the masked model on inputs of two shapes.
template <typename Run>
Outcome<Expectation> expect_by(const Model& masked, const std::vector<std::int64_t>& input_shape, std::uint64_t seed, Run run_model) {
  Expectation expectation;
  const auto add = [&](const std::vector<std::int64_t>& shape) -> Diagnostics {
    const at::Tensor input = random_input(shape, masked.input_type(), seed);
    auto run = run_model(masked, input);
    if (!run) return std::move(run.diagnostics);
    if (!all_finite(run->outputs)) return {output_not_finite(input)};
    expectation.inputs.push_back(input);
    expectation.outputs.push_back(std::move(run->outputs));
    expectation.layers.push_back(std::move(run->layers));
    return {};
  };
  if (Diagnostics problems = add(input_shape); !problems.empty()) return problems;
  std::vector<std::int64_t> twice = input_shape;
  twice[0] += 1;
  for (const auto& shape : {other_shape(input_shape), twice}) {
    const Diagnostics problems = add(shape);
    if (problems.empty()) break;
    // A model that does not take this shape says nothing about the slices; one that gives no finite numbers does.
    if (problems.front().code == Code::kP0703) return problems;
  }
  return expectation;
}

Outcome<Expectation> expect_by_layers(const Model& masked, const std::vector<std::int64_t>& input_shape, std::uint64_t seed) {
  auto expectation =
      expect_by(masked, input_shape, seed, [](const Model& model, const at::Tensor& input) { return model.run_in_double(input); });
  if (expectation) expectation->by_layers = true;
  return expectation;
}

}  // namespace

void mask(Model& model, const std::vector<Mask>& masks) {
  const at::NoGradGuard no_gradients;
  for (const Mask& m : masks) {
    at::Tensor tensor = model.tensor(m.tensor);
    tensor.index_fill_(0, at::tensor(m.positions, at::kLong), 0);
  }
}

Outcome<Expectation> expect(const Model& masked, const std::vector<std::int64_t>& input_shape, std::uint64_t seed) {
  if (masked.is_detector()) return expect_by_layers(masked, input_shape, seed);
  auto expectation = expect_by(masked, input_shape, seed, run_outputs);
  if (!expectation || say_enough(*expectation)) return expectation;
  expectation = expect_by_layers(masked, input_shape, seed);
  if (expectation) expectation.diagnostics.push_back(compared_by_layers());
  return expectation;
}

Outcome<VerificationReport> verify(const Model& sliced, const Expectation& expectation, double tolerance) {
  VerificationReport report;
  report.performed = true;
  report.tolerance = tolerance;
  for (std::size_t i = 0; i < expectation.inputs.size(); ++i) {
    const std::string input = shape_text(expectation.inputs[i].sizes());
    auto run = run_sliced(sliced, expectation.inputs[i], expectation);
    if (!run) return does_not_run(run.diagnostics);
    if (!same_shapes(expectation.outputs[i], run->outputs)) return not_equal("gives outputs of other shapes than the masked one", input);
    const std::vector<LayerOutput> layers = layers_of(sliced, expectation.layers[i]);
    if (layers.size() != run->layers.size()) return not_equal("takes another course than the masked one", input);
    Difference found = difference(expectation.outputs[i], run->outputs);
    if (found.relative > tolerance) {
      return not_equal("differs from the masked one by " + short_number(found.relative) + " (tolerance " + short_number(tolerance) +
                           "), relative to the largest value of output " + std::to_string(found.output),
                       input);
    }
    const Difference inside = difference_inside(layers, run->layers);
    if (inside.relative > tolerance) {
      return not_equal("differs inside from the masked one by " + short_number(inside.relative) + " (tolerance " + short_number(tolerance) +
                           "), relative to the largest value of a layer",
                       input);
    }
    found.absolute = std::max(found.absolute, inside.absolute);
    found.relative = std::max(found.relative, inside.relative);
    report.max_abs_diff = std::max(report.max_abs_diff, found.absolute);
    report.max_rel_diff = std::max(report.max_rel_diff, found.relative);
    if (!report.inputs.empty()) report.inputs += ", ";
    report.inputs += input;
  }
  report.passed = true;
  return report;
}

}  // namespace prunec

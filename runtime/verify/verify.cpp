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

}  // namespace

void mask(Model& model, const std::vector<Mask>& masks) {
  const at::NoGradGuard no_gradients;
  for (const Mask& m : masks) {
    at::Tensor tensor = model.tensor(m.tensor);
    tensor.index_fill_(0, at::tensor(m.positions, at::kLong), 0);
  }
}

/// How the masked model is run. The sliced one runs the same way, and through the JIT too.
Outcome<LayeredRun> run_for_comparison(const Model& model, const at::Tensor& input) {
  if (model.is_detector()) return model.run_in_double(input);
  auto outputs = model.run(input);
  if (!outputs) return std::move(outputs.diagnostics);
  return LayeredRun{std::move(*outputs), {}};
}

Outcome<LayeredRun> run_sliced(const Model& sliced, const at::Tensor& input) {
  auto compiled = sliced.run_compiled(input);
  if (!compiled) return std::move(compiled.diagnostics);
  if (sliced.is_detector()) return sliced.run_in_double(input);
  return LayeredRun{std::move(*compiled), {}};
}

/// The pairs of layers with the same shape: a sliced layer of another width has nothing to compare.
void keep_comparable(std::vector<at::Tensor>& expected, std::vector<at::Tensor>& actual) {
  std::vector<at::Tensor> left, right;
  for (std::size_t i = 0; i < std::min(expected.size(), actual.size()); ++i) {
    if (expected[i].sizes() != actual[i].sizes()) continue;
    left.push_back(expected[i]);
    right.push_back(actual[i]);
  }
  expected = std::move(left);
  actual = std::move(right);
}

Outcome<Expectation> expect(const Model& masked, const std::vector<std::int64_t>& input_shape, std::uint64_t seed) {
  Expectation expectation;
  const auto add = [&](const std::vector<std::int64_t>& shape) -> Diagnostics {
    const at::Tensor input = random_input(shape, masked.input_type(), seed);
    auto run = run_for_comparison(masked, input);
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

Outcome<VerificationReport> verify(const Model& sliced, const Expectation& expectation, double tolerance) {
  VerificationReport report;
  report.performed = true;
  report.tolerance = tolerance;
  for (std::size_t i = 0; i < expectation.inputs.size(); ++i) {
    const std::string input = shape_text(expectation.inputs[i].sizes());
    auto run = run_sliced(sliced, expectation.inputs[i]);
    if (!run) return does_not_run(run.diagnostics);
    if (!same_shapes(expectation.outputs[i], run->outputs)) return not_equal("gives outputs of other shapes than the masked one", input);
    if (expectation.layers[i].size() != run->layers.size()) return not_equal("takes another course than the masked one", input);
    Difference found = difference(expectation.outputs[i], run->outputs);
    if (found.relative > tolerance) {
      return not_equal("differs from the masked one by " + short_number(found.relative) + " (tolerance " + short_number(tolerance) +
                           "), relative to the largest value of output " + std::to_string(found.output),
                       input);
    }
    std::vector<at::Tensor> layers = expectation.layers[i];
    keep_comparable(layers, run->layers);
    const Difference inside = difference(layers, run->layers);
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

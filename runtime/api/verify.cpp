// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include "runtime/api/verify.h"

#include <ATen/core/Tensor.h>
#include <algorithm>
#include <charconv>
#include <cstdint>
#include <unordered_map>

#include "compiler/source/sha256.h"
#include "runtime/api/observe.h"
#include "runtime/verify/verify.h"

namespace prunec {

namespace {

/// As many draws of random inputs, each of two shapes where the model takes them. The first is that of `apply`.
constexpr std::uint64_t kSeeds[] = {20170822, 1, 2};

std::optional<Diagnostic> other_file(const std::string& path, const std::string& what, const std::string& actual,
                                     const std::string& wanted) {
  if (actual == wanted) return std::nullopt;
  Diagnostic diagnostic{Code::kP0751, "the file is not the " + what + " that the report speaks of", FilePlace{path}};
  diagnostic.notes.push_back({{}, "its SHA-256 is " + actual});
  diagnostic.notes.push_back({{}, wanted.empty() ? "the report is of a dry run and names no file" : "the report names " + wanted});
  diagnostic.help = "name the three files of one run of `prunec apply`, unchanged";
  return diagnostic;
}

Diagnostic does_not_fit(const std::string& layer, std::string message) {
  Diagnostic diagnostic{Code::kP0752, std::move(message), LayerPlace{layer}};
  diagnostic.help = "name the report that was written when the model was pruned, unchanged";
  return diagnostic;
}

/// The shape of the report's first input: `1x3x64x64` of `1x3x64x64, 2x3x32x64`. Empty when there is none.
std::vector<std::int64_t> first_shape(const std::string& inputs) {
  std::vector<std::int64_t> shape;
  const char* at = inputs.data();
  const char* const end = at + inputs.size();
  while (at != end) {
    std::int64_t extent = 0;
    const auto [next, error] = std::from_chars(at, end, extent);
    if (error != std::errc{} || extent < 1) return {};
    shape.push_back(extent);
    if (next == end || *next != 'x') break;
    at = next + 1;
  }
  return shape;
}

std::vector<std::int64_t> positions_outside(const std::vector<std::int64_t>& kept, std::int64_t width) {
  std::vector<std::int64_t> others;
  auto next = kept.begin();
  for (std::int64_t position = 0; position < width; ++position) {
    if (next != kept.end() && *next == position) {
      ++next;
    } else {
      others.push_back(position);
    }
  }
  return others;
}

/// What the report's kept positions leave out of every norm. Both models must have the norm at the widths that the report gives.
Outcome<std::vector<Mask>> masks_of(const Report& report, const ChannelGraph& graph, const Model& pruned) {
  std::unordered_map<std::string, const NormSite*> norms;
  for (const NormSite& norm : graph.norms) norms.emplace(norm.path, &norm);
  std::vector<Mask> masks;
  for (const SiteReport& site : report.channels) {
    const auto norm = norms.find(site.path);
    if (norm == norms.end()) return does_not_fit(site.path, "the original runs no norm `" + site.path + "`, which the report names");
    const auto width = static_cast<std::int64_t>(norm->second->ids.size());
    if (width != site.before) {
      return does_not_fit(site.path, "`" + site.path + "` of the original has " + std::to_string(width) +
                                         " channels, and the report says " + std::to_string(site.before));
    }
    const at::Tensor scale = pruned.tensor(norm->second->scale);
    if (!scale.defined() || scale.size(0) != site.after) {
      return does_not_fit(site.path, "`" + site.path + "` of the pruned model has " +
                                         (scale.defined() ? std::to_string(scale.size(0)) : std::string("no")) +
                                         " channels, and the report says " + std::to_string(site.after));
    }
    const std::vector<std::int64_t> gone = positions_outside(site.kept, width);
    if (gone.empty()) continue;
    masks.push_back({norm->second->scale, gone});
    if (!norm->second->shift.empty()) masks.push_back({norm->second->shift, gone});
  }
  return masks;
}

/// Compares the two models on every draw of inputs.
Outcome<VerificationReport> compare(const Model& masked, const Model& sliced, const std::vector<std::int64_t>& input, double tolerance) {
  VerificationReport whole;
  Diagnostics remarks;
  for (const std::uint64_t seed : kSeeds) {
    auto expectation = expect(masked, input, seed);
    if (!expectation) return std::move(expectation.diagnostics);
    remarks = std::move(expectation.diagnostics);  // of every draw the same
    const auto draw = verify(sliced, *expectation, tolerance);
    if (!draw) return draw.diagnostics;
    const double absolute = std::max(whole.max_abs_diff, draw->max_abs_diff), relative = std::max(whole.max_rel_diff, draw->max_rel_diff);
    const std::string inputs = whole.inputs.empty() ? draw->inputs : whole.inputs + ", " + draw->inputs;
    whole = *draw;
    whole.max_abs_diff = absolute;
    whole.max_rel_diff = relative;
    whole.inputs = inputs;
  }
  return {std::move(whole), std::move(remarks)};
}

Outcome<VerificationReport> judged(Outcome<VerificationReport> result, const VerifyRequest& request) {
  for (Diagnostic& diagnostic : result.diagnostics) {
    if (diagnostic.help.empty()) {
      diagnostic.help =
          "the files do not belong together, or one of them was changed: prune the original again, or raise `--tolerance` for "
          "a model in half precision";
    }
    if (std::holds_alternative<std::monostate>(diagnostic.place)) diagnostic.place = FilePlace{request.pruned};
  }
  return result;
}

}  // namespace

Outcome<VerificationReport> run_verify(const VerifyRequest& request) {
  const auto pruned_bytes = read_model_file(request.pruned);
  if (!pruned_bytes) return pruned_bytes.diagnostics;
  const auto original_bytes = read_model_file(request.original);
  if (!original_bytes) return original_bytes.diagnostics;
  Diagnostics others;
  if (auto other = other_file(request.original, "original", sha256_hex(*original_bytes), request.report.model_sha256))
    others.push_back(*other);
  if (auto other = other_file(request.pruned, "pruned model", sha256_hex(*pruned_bytes), request.report.output_sha256))
    others.push_back(*other);
  if (!others.empty()) return others;

  const auto pruned = Model::read(request.pruned, *pruned_bytes);
  if (!pruned) return pruned.diagnostics;
  auto original = observe(request.original, request.input.empty() ? first_shape(request.report.verification.inputs) : request.input);
  if (!original) return std::move(original.diagnostics);
  const auto masks = masks_of(request.report, original->graph, *pruned);
  if (!masks) return masks.diagnostics;
  mask(original->model, *masks);
  return judged(compare(original->model, *pruned, original->input, request.tolerance), request);
}

}  // namespace prunec

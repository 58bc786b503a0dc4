// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/support/exact_cut.h"

#include <ATen/ATen.h>
#include <stdexcept>

#include "runtime/channels/channel_classes.h"
#include "runtime/slice/plan_edits.h"
#include "runtime/trace/propagate.h"
#include "runtime/verify/verify.h"

namespace prunec::test {

namespace {

const NormSite& norm_of(const ChannelGraph& graph, const std::string& path) {
  for (const NormSite& norm : graph.norms) {
    if (norm.path == path) return norm;
  }
  throw std::runtime_error("the test's model has no norm `" + path + "`");
}

double difference(const at::Tensor& a, const at::Tensor& b) {
  if (a.sizes() != b.sizes()) return INFINITY;
  return ((a - b).abs().max() / a.abs().max()).item<double>();
}

}  // namespace

std::vector<bool> removed_by(const ChannelGraph& graph, const Removal& removal) {
  const ChannelClasses classes = classes_of(graph);
  std::vector<bool> chosen(classes.count, false);
  for (const auto& [path, positions] : removal) {
    for (const std::size_t position : positions) chosen[classes.class_of[norm_of(graph, path).ids.at(position)]] = true;
  }
  for (const Pin& pin : graph.pins) {
    for (const ChannelId id : pin.ids) {
      if (chosen[classes.class_of[id]]) throw std::runtime_error("a chosen channel " + pin.reason);
    }
  }
  std::vector<bool> removed;
  for (const std::size_t c : classes.class_of) removed.push_back(chosen[c]);
  return removed;
}

Cut cut(const ScriptModel& script, const Removal& removal, const std::vector<std::int64_t>& input) {
  Model model = script.read();
  const auto trace = model.trace(input);
  TORCH_CHECK(trace, "the test's own model does not run");
  const ChannelGraph graph = propagate(*trace);
  const std::vector<bool> removed = removed_by(graph, removal);
  Cut result{{}, {}, 0, script.read()};
  const auto edits = plan_edits(graph, removed);
  result.problems = edits.diagnostics;
  if (!edits) return result;
  result.edits = *edits;

  mask(model, plan_masks(graph, removed));
  const auto expectation = expect(model, input);
  TORCH_CHECK(expectation, "the masked model does not run");
  result.problems = model.apply(*edits);
  if (!result.problems.empty()) return result;
  auto sliced = Model::read("sliced.pt", model.serialise());
  TORCH_CHECK(sliced, "the sliced model cannot be read");
  for (std::size_t i = 0; i < expectation->inputs.size(); ++i) {
    const auto outputs = sliced->run_compiled(expectation->inputs[i]);
    TORCH_CHECK(outputs, "the sliced model does not run: ", outputs.diagnostics.front().notes.front().text);
    for (std::size_t o = 0; o < outputs->size(); ++o) {
      result.difference = std::max(result.difference, difference(expectation->outputs[i][o], (*outputs)[o]));
    }
  }
  result.sliced = std::move(*sliced);
  return result;
}

}  // namespace prunec::test

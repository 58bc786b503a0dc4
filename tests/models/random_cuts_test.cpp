// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

/// Networks of random structure, shuffles and parts among it, cut at random without any rules in between.

#include <ATen/ATen.h>
#include <gtest/gtest.h>
#include <iostream>
#include <map>
#include <random>

#include "runtime/channels/channel_classes.h"
#include "runtime/model/model.h"
#include "runtime/slice/plan_edits.h"
#include "runtime/trace/propagate.h"
#include "runtime/trace/selections.h"
#include "runtime/verify/verify.h"
#include "tests/models/random_network.h"
#include "tests/models/random_runs.h"

namespace prunec {
namespace {

const std::vector<std::int64_t> kInput{1, 3, 8, 8};

/// Chooses classes of channels that lie in a norm and are free to go; none beside a convolution in groups, which would have to lose as many
/// in each. Of every axis something stays.
std::vector<bool> random_removal(const ChannelGraph& graph, std::mt19937& random) {
  const ChannelClasses classes = classes_of(graph);
  std::vector<bool> candidate(classes.count, false);
  for (const NormSite& norm : graph.norms) {
    for (const ChannelId id : norm.ids) {
      if (id != kNoChannel) candidate[classes.class_of[id]] = true;
    }
  }
  for (const Pin& pin : graph.pins) {
    for (const ChannelId id : pin.ids) candidate[classes.class_of[id]] = false;
  }
  for (const GroupedConvolution& layer : graph.grouped) {
    for (const auto* ids : {&layer.inputs, &layer.outputs}) {
      for (const ChannelId id : *ids) candidate[classes.class_of[id]] = false;
    }
  }
  const unsigned share = 1 + static_cast<unsigned>(random() % 9);
  std::vector<bool> chosen(classes.count, false);
  for (std::size_t c = 0; c < classes.count; ++c) chosen[c] = random() % 10 < share && candidate[c];
  const auto keep_one = [&](const std::vector<ChannelId>& ids) {
    for (const ChannelId id : ids) {
      if (id == kNoChannel || !chosen[classes.class_of[id]]) return;
    }
    if (!ids.empty()) chosen[classes.class_of[ids.front()]] = false;
  };
  for (const ParameterAxis& axis : graph.axes) keep_one(axis.ids);
  for (const WidthSplit& split : graph.splits) {
    for (const auto& part : split.parts) keep_one(part);
  }
  std::vector<bool> removed;
  for (const std::size_t c : classes.class_of) removed.push_back(chosen[c]);
  return removed;
}

TEST(RandomCuts, MaskedEqualsSliced) {
  std::size_t removed_ids = 0, code_edits = 0, selections = 0, shuffles = 0, reads = 0, cut = 0;
  const test::RandomRuns runs = test::random_runs(1000);
  for (unsigned seed = runs.first; seed < runs.end(); ++seed) {
    std::mt19937 random(seed + 11);
    Model model = test::random_network(seed, seed % 2 ? test::Structure::kAll : test::Structure::kMoving).script.read();
    const auto trace = model.trace(kInput);
    ASSERT_TRUE(trace) << test::try_again(seed) << trace.diagnostics[0].notes[0].text;
    ChannelGraph graph = propagate(*trace);
    shuffles += graph.shuffles.size();
    std::vector<bool> selected;
    for (std::size_t i = 0; i < graph.shuffles.size(); ++i) selected.push_back(random() % 2 == 0);
    graph = select_shuffles(std::move(graph), selected);
    selected.clear();
    for (std::size_t i = 0; i < graph.reads.size(); ++i) selected.push_back(random() % 2 == 0);
    graph = select_reads(std::move(graph), selected);
    const std::vector<bool> removed = random_removal(graph, random);
    const auto edits = plan_edits(graph, removed);
    ASSERT_TRUE(edits) << test::try_again(seed) << edits.diagnostics[0].message << "; " << edits.diagnostics[0].notes[0].text;
    mask(model, plan_masks(graph, removed));
    const auto expectation = expect(model, kInput);
    ASSERT_TRUE(expectation) << test::try_again(seed);
    const Diagnostics problems = model.apply(*edits);
    ASSERT_TRUE(problems.empty()) << test::try_again(seed) << problems[0].message;
    const auto sliced = Model::read("sliced.pt", model.serialise());
    ASSERT_TRUE(sliced) << test::try_again(seed);
    const auto report = verify(*sliced, *expectation, 1e-4);
    ASSERT_TRUE(report) << test::try_again(seed) << report.diagnostics[0].message
                        << (report.diagnostics[0].notes.empty() ? "" : "; " + report.diagnostics[0].notes[0].text);
    removed_ids += static_cast<std::size_t>(std::count(removed.begin(), removed.end(), true));
    code_edits += edits->arguments.size() + edits->splits.size();
    selections += edits->selections.size();
    reads += edits->inputs.size();
    cut += edits->tensors.empty() ? 0 : 1;
  }
  std::cout << runs.count << " networks from seed " << runs.first << ": " << cut << " cut, " << removed_ids << " channel ids removed, "
            << shuffles << " shuffles of which " << selections << " became selections, " << reads << " selections before norms, "
            << code_edits << " numbers in code changed\n";
  if (runs.asked_for) return;
  EXPECT_GT(cut, runs.count / 2);
  EXPECT_GT(code_edits, runs.count / 10);
  EXPECT_GT(selections, runs.count / 20);
  EXPECT_GT(reads, runs.count / 20);
}

}  // namespace
}  // namespace prunec

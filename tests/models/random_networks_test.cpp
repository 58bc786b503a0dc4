// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

/// Networks of random structure, pruned by rules that tie what their graphs couple: each must be proven equal to its masked original.

#include <ATen/ATen.h>
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <iostream>

#include "runtime/api/apply.h"
#include "runtime/channels/channel_classes.h"
#include "runtime/model/model.h"
#include "runtime/slice/plan_edits.h"
#include "runtime/trace/propagate.h"
#include "runtime/verify/verify.h"
#include "tests/models/random_network.h"
#include "tests/models/random_runs.h"
#include "tests/support/graph_plan.h"

namespace prunec {
namespace {

namespace fs = std::filesystem;

const std::vector<std::int64_t> kInput{1, 3, 8, 8};

ChannelGraph graph_of(const Model& model) {
  const auto trace = model.trace(kInput);
  EXPECT_TRUE(trace);
  return propagate(*trace);
}

Policy policy_of(unsigned seed) {
  constexpr Policy kAll[] = {Policy::kMean, Policy::kMax, Policy::kMin, Policy::kSum,
                             Policy::kL2,   Policy::kAny, Policy::kAll, Policy::kQuota};
  return kAll[seed % std::size(kAll)];
}

TEST(RandomNetworks, MaskedEqualsSliced) {
  const fs::path file = fs::temp_directory_path() / ("prunec-random-" + std::to_string(getpid()) + ".pt");
  std::size_t removed = 0;
  std::size_t sites = 0;
  std::size_t whole = 0;
  const test::RandomRuns runs = test::random_runs(300);
  for (unsigned seed = runs.first; seed < runs.end(); ++seed) {
    const test::ScriptModel script = test::random_network(seed).script;
    std::ofstream(file, std::ios::binary) << script.bytes();
    ApplyRequest request;
    request.model = file.string();
    request.plan = test::plan_for(graph_of(script.read()), policy_of(seed));
    request.amount = Ratio{0.1 + 0.1 * static_cast<double>(seed % 8), false, {}};
    request.input = kInput;
    request.dry_run = true;
    const auto result = run_apply(request);
    ASSERT_TRUE(result) << test::try_again(seed) << result.diagnostics.front().message;
    EXPECT_TRUE(result->report.verification.passed);
    for (const SiteReport& site : result->report.channels) {
      removed += static_cast<std::size_t>(site.before - site.after);
      whole += site.role == SiteRole::kKept ? 1 : 0;
      ++sites;
    }
  }
  fs::remove(file);
  std::cout << runs.count << " networks from seed " << runs.first << ": " << removed << " channels removed from " << sites << " sites, "
            << whole << " left whole\n";
  if (runs.asked_for) return;
  EXPECT_GT(removed, sites);  // an empty proof would prove nothing
  EXPECT_LT(whole * 5, sites);
}

/// A second derivation of the coupling, by numbers instead of ids: masking one class of channels must change nothing when, besides,
/// the weights of the class are made useless. Weights of removed channels that still matter would show.
TEST(RandomNetworks, WeightsOfAMaskedClassDoNotMatter) {
  std::size_t classes_tried = 0;
  const test::RandomRuns runs = test::random_runs(300);
  for (unsigned seed = runs.first; seed < runs.end(); ++seed) {
    Model model = test::random_network(seed, seed % 3 == 0 ? test::Structure::kPlain : test::Structure::kAll).script.read();
    const ChannelGraph graph = graph_of(model);
    const ChannelClasses classes = classes_of(graph);
    std::vector<bool> pinned(classes.count, false);
    for (const Pin& pin : graph.pins) {
      for (const ChannelId id : pin.ids) pinned[classes.class_of[id]] = true;
    }
    if (graph.norms.empty()) continue;
    const NormSite& norm = graph.norms[seed % graph.norms.size()];
    const ChannelId channel = norm.ids[seed % norm.ids.size()];
    if (channel == kNoChannel || pinned[classes.class_of[channel]]) continue;

    std::vector<bool> removed;
    for (const std::size_t c : classes.class_of) removed.push_back(c == classes.class_of[channel]);
    mask(model, plan_masks(graph, removed));
    const at::Tensor input = at::randn(kInput);
    const auto before = model.run(input);
    ASSERT_TRUE(before);
    const at::NoGradGuard no_gradients;
    for (const ParameterAxis& axis : graph.axes) {
      const bool masked = std::any_of(graph.norms.begin(), graph.norms.end(),
                                      [&](const NormSite& n) { return axis.tensor == n.scale || axis.tensor == n.shift; });
      if (masked || axis.tensor.find("running") != std::string::npos) continue;
      for (std::size_t i = 0; i < axis.ids.size(); ++i) {
        if (axis.ids[i] != kNoChannel && removed[axis.ids[i]])
          model.tensor(axis.tensor).select(axis.axis, static_cast<std::int64_t>(i)).mul_(-3);
      }
    }
    const auto after = model.run(input);
    ASSERT_TRUE(after);
    for (std::size_t i = 0; i < before->size(); ++i)
      EXPECT_TRUE(at::allclose((*before)[i], (*after)[i], 1e-4, 1e-5)) << test::try_again(seed);
    ++classes_tried;
  }
  std::cout << runs.count << " networks from seed " << runs.first << ": " << classes_tried << " classes of channels masked\n";
  EXPECT_TRUE(runs.asked_for || classes_tried * 2 > runs.count);
}

}  // namespace
}  // namespace prunec

// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

// Rules drafted from graphs made by hand: what they read like, and that they hold.

#include "compiler/cli/infer_proof.h"

#include <algorithm>
#include <gtest/gtest.h>

#include "runtime/infer/general_paths.h"

namespace prunec {
namespace {

using cli::infer_rules;
using cli::prove_rules;

/// Norms of two channels each; convolutions are there only where they matter.
class Net {
 public:
  Net& norm(const std::string& path, std::size_t width = 2) {
    std::vector<ChannelId> ids(width);
    for (ChannelId& id : ids) id = static_cast<ChannelId>(facts_.graph.channel_count++);
    return norm_of(path, std::move(ids));
  }
  Net& norm_of(const std::string& path, std::vector<ChannelId> ids) {
    facts_.graph.norms.push_back({path, "batch_norm", path + ".weight", path + ".bias", std::move(ids)});
    return *this;
  }
  Net& sum(const std::string& a, const std::string& b, const std::string& layer, const std::string& what = "added by `aten::add_`") {
    Coupling coupling{what, layer, {}};
    for (std::size_t i = 0; i < ids(a).size(); ++i) coupling.pairs.emplace_back(ids(a)[i], ids(b)[i]);
    facts_.graph.couplings.push_back(std::move(coupling));
    return *this;
  }
  Net& depthwise(const std::string& from, const std::string& to, const std::string& layer) {
    facts_.graph.axes.push_back({from + ".weight", 0, ids(from)});
    facts_.graph.axes.push_back({layer + ".weight", 0, ids(to)});
    facts_.graph.depthwise.push_back({layer, ids(from)});
    return sum(from, to, layer, "the depthwise convolution");
  }
  Net& groups(const std::string& from, const std::string& to, const std::string& layer, std::int64_t count) {
    facts_.graph.grouped.push_back({layer, layer + ".weight", count, ids(from), ids(to)});
    return *this;
  }
  Net& pin(const std::string& norm) {
    facts_.graph.pins.push_back({"reaches the model's output", "head", {ids(norm).front()}});
    return *this;
  }
  const std::vector<ChannelId>& ids(const std::string& path) const {
    return std::find_if(facts_.graph.norms.begin(), facts_.graph.norms.end(), [&](const NormSite& n) { return n.path == path; })->ids;
  }
  const ModelFacts& facts() const { return facts_; }

 private:
  ModelFacts facts_{"nets/my_net.pt", "", "torchscript", {1, 3, 8, 8}, {""}, {}};
};

/// The rules without their comments; how they read is for people to judge.
std::string rules_of(const Net& net) {
  const auto rules = infer_rules(net.facts(), "net");
  EXPECT_TRUE(rules) << (rules ? "" : rules.diagnostics.front().message);
  EXPECT_TRUE(rules.diagnostics.empty());
  if (!rules) return {};
  std::string text;
  const std::string& whole = rules->text;
  for (std::size_t begin = 0; begin < whole.size();) {
    const std::size_t end = whole.find('\n', begin) + 1;
    if (whole[begin] != '#') text += whole.substr(begin, end - begin);
    begin = end;
  }
  return text.substr(text.find("site"));
}

/// Two stages of two blocks. The stem writes to the stream of the first, a projection to that of the second.
Net residual() {
  Net net;
  net.norm("bn1");
  for (const char* block : {"layer1.0", "layer1.1", "layer2.0", "layer2.1"}) {
    net.norm(std::string(block) + ".bn1").norm(std::string(block) + ".bn2");
    if (std::string(block) == "layer2.0") net.norm("layer2.0.downsample.1");
  }
  return net.sum("layer1.0.bn2", "bn1", "layer1.0")
      .sum("layer1.1.bn2", "layer1.0.bn2", "layer1.1")
      .sum("layer2.0.bn2", "layer2.0.downsample.1", "layer2.0")
      .sum("layer2.1.bn2", "layer2.0.bn2", "layer2.1");
}

TEST(Infer, AResidualNetworkReadsLikeTheHandWrittenRules) {
  EXPECT_EQ(rules_of(residual()),
            "site stem = bn1 where stage = 1\n"
            "site bn1  = layer{stage}.{block}.bn1\n"
            "site bn2  = layer{stage}.{block}.bn2\n"
            "site down = layer{stage}.{block}.downsample.1\n"
            "\n"
            "strategy inner \"only inside the blocks\" {\n"
            "  prune bn1\n"
            "}\n"
            "\n"
            "strategy all \"the streams too\" extends inner {\n"
            "  prune bn2\n"
            "  tie bn2 across stage by quota carrying stem, down\n"
            "}\n");
}

TEST(Infer, StreamsThatNoLabelTellsApartAreNumbered) {
  Net net;  // pre-activation: the first norm of a stage reads the stream of the stage before
  for (const char* block : {"layer1.0", "layer1.1"}) net.norm(std::string(block) + ".bn1").norm(std::string(block) + ".bn2");
  for (const char* block : {"layer2.0", "layer2.1"}) net.norm(std::string(block) + ".bn1").norm(std::string(block) + ".bn2");
  net.norm("bn");
  net.sum("layer1.0.bn1", "layer1.1.bn1", "layer1.0").sum("layer1.1.bn1", "layer2.0.bn1", "layer1.1").sum("layer2.1.bn1", "bn", "layer2.1");
  const std::string rules = rules_of(net);
  for (const char* part : {"site stream1 = layer1.{block}.bn1, layer2.0.bn1 where stream = 1\n", "site stream2 = layer2.1.bn1",
                           "site bn2     = layer{stage}.{block}.bn2\n", "tie stream1, stream2 across stream by quota"}) {
    EXPECT_NE(rules.find(part), std::string::npos) << part << rules;
  }
}

TEST(Infer, DepthwiseConvolutionsTieInsideTheirBlocks) {
  Net net;
  net.norm("features.0.1").norm("features.1.conv.0.1").norm("features.1.conv.2");
  net.depthwise("features.0.1", "features.1.conv.0.1", "features.1.conv.0.0");
  for (const char* block : {"features.2", "features.3"}) {
    const std::string conv = std::string(block) + ".conv.";
    net.norm(conv + "0.1").norm(conv + "1.1").norm(conv + "3").depthwise(conv + "0.1", conv + "1.1", conv + "1.0");
  }
  net.sum("features.2.conv.3", "features.3.conv.3", "features.3");
  EXPECT_EQ(rules_of(net),
            "site stem      = features.0.1 where block = 1\n"
            "site depthwise = features.{block=1}.conv.0.1, features.{block}.conv.1.1\n"
            "site project   = features.1.conv.2\n"
            "site expand    = features.{block=2..}.conv.0.1\n"
            "site project-2 = features.{block}.conv.3\n"
            "\n"
            "strategy inner \"only inside the blocks\" {\n"
            "  prune stem, depthwise, project, expand\n"
            "  tie stem, depthwise, expand across block by quota\n"
            "}\n"
            "\n"
            "strategy all \"the streams too\" extends inner {\n"
            "  prune project-2\n"
            "  tie project-2 by quota\n"
            "}\n");
}

TEST(Infer, ConcatenationsAreToldInOneStatement) {
  Net net;
  net.norm("features.norm0");
  std::vector<ChannelId> all = net.ids("features.norm0");
  for (const char* layer : {"features.denseblock1.denselayer1", "features.denseblock1.denselayer2"}) {
    net.norm_of(std::string(layer) + ".norm1", all).norm(std::string(layer) + ".norm2").norm(std::string(layer) + ".grown");
    const auto& grown = net.ids(std::string(layer) + ".grown");
    all.insert(all.end(), grown.begin(), grown.end());
  }
  net.norm_of("features.norm5", all);
  const std::string rules = rules_of(net);
  EXPECT_NE(rules.find("concat-propagate norm1"), std::string::npos) << rules;
  EXPECT_NE(rules.find(" by mean carrying "), std::string::npos) << rules;
  EXPECT_NE(rules.find("strategy all \"the concatenations too\" extends inner {"), std::string::npos) << rules;
  EXPECT_EQ(rules.find("tie "), std::string::npos) << rules;
}

TEST(Infer, LayersThatNoNormFollowsHaveNoSite) {
  Net net;
  net.norm("bn1").norm_of("bn2", net.ids("bn1")).norm("fc");
  ModelFacts facts = net.facts();
  facts.graph.norms.back().kind = NormSite::kBareLayer;
  const auto rules = infer_rules(facts, "net");
  ASSERT_TRUE(rules);
  EXPECT_NE(rules->text.find("2 norms, 2 of which can lose channels"), std::string::npos) << rules->text;
  EXPECT_NE(rules->text.find("The norms of `stem` and `bn2` keep the same channels: they read the same values.\n"), std::string::npos);
  EXPECT_NE(rules->text.find("Left whole: `fc`, since no norm follows"), std::string::npos) << rules->text;
  EXPECT_EQ(rules->text.find("= fc"), std::string::npos) << rules->text;
}

TEST(Infer, GroupsAreKeptAndWhatCannotGoIsLeftOut) {
  Net net;
  for (const char* block : {"layer1.0", "layer1.1"}) {
    const std::string path = block;
    net.norm(path + ".bn1", 4)
        .norm(path + ".bn2", 4)
        .norm(path + ".bn3")
        .groups(path + ".bn1", path + ".bn2", path + ".conv2", 2)
        .pin(path + ".bn3");
  }
  const auto rules = infer_rules(net.facts(), "net");
  ASSERT_TRUE(rules);
  EXPECT_NE(rules->text.find("  prune bn1, bn2\n  groups keep\n"), std::string::npos) << rules->text;
  EXPECT_EQ(rules->text.find("bn3 "), std::string::npos) << rules->text;
  EXPECT_NE(rules->text.find("Left whole: `layer1.0.bn3` and `layer1.1.bn3`, since a channel reaches the model's output"),
            std::string::npos);
}

TEST(Infer, ANetworkThatCannotLoseAnythingIsRefused) {
  const auto rules = infer_rules(Net().norm("bn").pin("bn").facts(), "net");
  EXPECT_FALSE(rules);
  ASSERT_EQ(rules.diagnostics.size(), 1U);
  EXPECT_EQ(rules.diagnostics[0].code, Code::kP0603);
  EXPECT_FALSE(infer_rules(Net().facts(), "net"));
}

// The negative control of the proof: drafts that are wrong in each way that a tie can be.
TEST(Infer, ADraftThatDoesNotHoldIsLeftToTheGraph) {
  const auto facts = residual().facts();
  const auto spoilt = [&](auto spoil) {
    infer::RuleDraft draft = infer::draft_rules(facts);
    spoil(draft.ties.at(0));
    return prove_rules(std::move(draft), facts, "net");
  };
  const auto over_tied = spoilt([](infer::TieDraft& tie) { tie.across.clear(); });
  const auto not_carried = spoilt([](infer::TieDraft& tie) { tie.carried.pop_back(); });
  for (const auto& rules : {over_tied, not_carried}) {
    ASSERT_TRUE(rules);
    EXPECT_NE(rules->text.find("would hold, so what the graph couples is tied: the "), std::string::npos) << rules->text;
    EXPECT_NE(rules->text.find("tie from graph by quota"), std::string::npos) << rules->text;
    EXPECT_EQ(rules->text.find("across"), std::string::npos) << rules->text;
    EXPECT_EQ(rules->text.find("strategy all \"the streams too\" extends"), std::string::npos) << "it stands on its own";
  }
  EXPECT_EQ(spoilt([](infer::TieDraft&) {})->text.find("from graph"), std::string::npos);
}

std::string pattern_of(const std::vector<std::string>& paths, std::size_t i) {
  return to_string(infer::generalise(paths).at(i).pattern);
}

TEST(GeneralPaths, CountsOfEqualPartsAreCaptured) {
  EXPECT_EQ(pattern_of({"layer1.0.bn1", "layer1.0.bn2", "layer2.0.bn1", "layer2.0.bn2", "layer2.1.bn1", "layer2.1.bn2"}, 5),
            "layer{stage}.{block}.bn2");
  EXPECT_EQ(pattern_of({"features.1", "features.4", "features.8"}, 1), "features.{layer}");
  EXPECT_EQ(pattern_of({"f.norm0", "f.denseblock1.denselayer1.norm1", "f.denseblock1.denselayer1.norm2", "f.denseblock1.denselayer2.norm1",
                        "f.denseblock1.denselayer2.norm2", "f.denseblock2.denselayer1.norm1", "f.denseblock2.denselayer1.norm2"},
                       1),
            "f.denseblock{stage}.denselayer{layer}.norm1");
  // A part that repeats the number of the one around it.
  EXPECT_EQ(pattern_of({"block1.block1-0.a.1", "block1.block1-0.b.1", "block2.block2-0.a.1", "block2.block2-0.b.1", "block2.block2-1.a.1",
                        "block2.block2-1.b.1"},
                       3),
            "block{stage}.block{stage}-{block}.b.1");
  // Series with letters have no number to capture.
  EXPECT_EQ(pattern_of({"mixed3a.b1.bn", "mixed3a.b2.bn", "mixed3b.b1.bn", "mixed3b.b2.bn"}, 2), "mixed*.b1.bn");
}

TEST(GeneralPaths, NumbersThatTellRolesApartStay) {
  EXPECT_EQ(pattern_of({"bn1", "bn2"}, 0), "bn1");
  EXPECT_EQ(pattern_of({"s.0.branch1.0", "s.0.branch1.2", "s.0.branch2.0", "s.0.branch2.2", "s.1.branch2.0", "s.1.branch2.2"}, 3),
            "s.{block}.branch2.2");
}

}  // namespace
}  // namespace prunec

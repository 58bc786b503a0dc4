// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include "runtime/verify/verify.h"

#include <ATen/ATen.h>
#include <gtest/gtest.h>

#include "tests/support/script_model.h"

namespace prunec {
namespace {

/// Removes channels 1 and 4 of `bn1`: what a right run would mask and cut.
const std::vector<Mask> kMasks{{"bn1.weight", {1, 4}}, {"bn1.bias", {1, 4}}};

Edits right_edits() {
  Edits edits;
  const std::vector<std::int64_t> kept{0, 2, 3, 5};
  for (const char* tensor : {"conv1.weight", "bn1.weight", "bn1.bias", "bn1.running_mean", "bn1.running_var"})
    edits.tensors.push_back({tensor, 0, kept});
  edits.tensors.push_back({"conv2.weight", 1, kept});
  return edits;
}

Outcome<VerificationReport> verification_of(const Edits& edits) {
  Model model = test::residual_network(6).read();
  mask(model, kMasks);
  const auto expectation = expect(model, {1, 3, 32, 32});
  EXPECT_TRUE(expectation);
  EXPECT_TRUE(model.apply(edits).empty());
  return verify(model, *expectation, 1e-4);
}

TEST(Verify, ARightSlicePassesOnTwoShapes) {
  const auto report = verification_of(right_edits());
  ASSERT_TRUE(report);
  EXPECT_TRUE(report->passed);
  EXPECT_LT(report->max_rel_diff, 1e-5);
  EXPECT_EQ(report->inputs, "1x3x32x32, 2x3x32x64");
}

/// Every single shifted index must be seen, wherever it is.
TEST(Verify, EverySpoiledIndexIsSeen) {
  for (std::size_t i = 0; i < right_edits().tensors.size(); ++i) {
    Edits spoiled = right_edits();
    spoiled.tensors[i].kept[2] = 4;
    const auto report = verification_of(spoiled);
    ASSERT_FALSE(report) << spoiled.tensors[i].tensor;
    EXPECT_EQ(report.diagnostics.front().code, Code::kP0701);
  }
}

TEST(Verify, AForgottenReaderDoesNotRun) {
  Edits edits = right_edits();
  edits.tensors.pop_back();
  const auto report = verification_of(edits);
  ASSERT_FALSE(report);
  EXPECT_EQ(report.diagnostics.front().code, Code::kP0702);
}

TEST(Verify, OutputsThatAreNotFiniteProveNothing) {
  Model model = test::residual_network(6).read();
  mask(model, kMasks);
  {
    const at::NoGradGuard no_gradients;
    model.tensor("fc.bias").fill_(NAN);
  }
  const auto expectation = expect(model, {1, 3, 32, 32});
  ASSERT_FALSE(expectation);
  EXPECT_EQ(expectation.diagnostics.front().code, Code::kP0703);
}

TEST(Verify, AModelOfOneShapeIsRunOnTwoInputsOfIt) {
  test::ScriptModel script;
  script.conv("a", 3, 4).norm("bn1", 4).linear("fc", 4 * 36, 2).forward("  return self.fc(torch.flatten(self.bn1(self.a(x)), 1))\n");
  const auto expectation = expect(script.read(), {1, 3, 6, 6});
  ASSERT_TRUE(expectation);
  ASSERT_EQ(expectation->inputs.size(), 2U);
  EXPECT_EQ(expectation->inputs[1].sizes(), (std::vector<std::int64_t>{2, 3, 6, 6}));
}

/// The outputs of a head of zeros are its biases, whatever was cut.
Outcome<VerificationReport> verification_behind_zeros(const std::vector<std::int64_t>& kept_of_reader) {
  Model model = test::residual_network(6).read();
  {
    const at::NoGradGuard no_gradients;
    model.tensor("fc.weight").zero_();
  }
  mask(model, kMasks);
  const auto expectation = expect(model, {1, 3, 32, 32});
  EXPECT_TRUE(expectation);
  EXPECT_EQ(expectation.diagnostics.size(), 1U);
  EXPECT_EQ(expectation.diagnostics.front().code, Code::kP0707);
  Edits edits = right_edits();
  edits.tensors.back().kept = kept_of_reader;
  EXPECT_TRUE(model.apply(edits).empty());
  return verify(model, *expectation, 1e-4);
}

TEST(Verify, AModelWhoseOutputsSayNothingIsComparedLayerByLayer) {
  EXPECT_TRUE(verification_behind_zeros({0, 2, 3, 5}));
  const auto spoiled = verification_behind_zeros({0, 2, 4, 5});
  ASSERT_FALSE(spoiled);
  EXPECT_EQ(spoiled.diagnostics.front().code, Code::kP0701);
}

/// A detector that finds nothing: only its layers tell whether a slice is right.
Outcome<VerificationReport> verification_of_detector(const std::vector<std::int64_t>& kept_of_reader) {
  test::ScriptModel script;
  script.conv("conv1", 3, 6).norm("bn1", 6).conv("conv2", 6, 4);
  script.module().define(
      "def forward(self, images: List[Tensor]):\n"
      "  y = self.conv2.forward(self.bn1.forward(self.conv1.forward(torch.stack(images))))\n"
      "  return torch.flatten(y)[:0]\n");
  Model model = script.read();
  mask(model, kMasks);
  const auto expectation = expect(model, {1, 3, 16, 16});
  EXPECT_TRUE(expectation);
  Edits edits = right_edits();
  edits.tensors.back().kept = kept_of_reader;
  EXPECT_TRUE(model.apply(edits).empty());
  return verify(model, *expectation, 1e-4);
}

TEST(Verify, ADetectorThatFindsNothingIsComparedLayerByLayer) {
  const auto right = verification_of_detector({0, 2, 3, 5});
  ASSERT_TRUE(right);
  EXPECT_LT(right->max_rel_diff, 1e-12);
  const auto spoiled = verification_of_detector({0, 2, 4, 5});
  ASSERT_FALSE(spoiled);
  EXPECT_EQ(spoiled.diagnostics.front().code, Code::kP0701);
}

}  // namespace
}  // namespace prunec

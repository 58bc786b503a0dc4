// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/cli/values.h"

#include <gtest/gtest.h>

namespace prunec::cli {
namespace {

TEST(Values, Ratio) {
  EXPECT_EQ(read_ratio("--ratio", "0.4").value, 0.4);
  EXPECT_EQ(read_ratio("--ratio", "40%").value, 0.4);
  EXPECT_EQ(read_ratio("--ratio", "0").value, 0.0);
  for (const char* bad : {"1", "1.5", "-0.1", "nan", "inf", "many", "", "%", "100%", "0.4x", " 0.4"})
    EXPECT_FALSE(read_ratio("--ratio", bad)) << bad;
}

TEST(Values, Shape) {
  EXPECT_EQ(read_shape("--input", "1x3x224x224").value, (std::vector<std::int64_t>{1, 3, 224, 224}));
  EXPECT_EQ(read_shape("--input", "7").value, (std::vector<std::int64_t>{7}));
  for (const char* bad : {"", "x", "1x", "x1", "1x3xbig", "0x3", "-1x3", "1x99999999999", "1x1x1x1x1x1x1x1x1", "1,3"})
    EXPECT_FALSE(read_shape("--input", bad)) << bad;
}

TEST(Values, Device) {
  for (const char* good : {"auto", "cpu", "cuda", "cuda:0", "cuda:12"}) EXPECT_TRUE(read_device("--device", good)) << good;
  for (const char* bad : {"", "gpu", "cuda:", "cuda:x", "cuda:-1", "CPU", "cuda0"}) EXPECT_FALSE(read_device("--device", bad)) << bad;
}

TEST(Values, Amounts) {
  EXPECT_EQ(read_not_negative("--threshold", "0").value, 0.0);
  EXPECT_FALSE(read_not_negative("--threshold", "-1"));
  EXPECT_EQ(read_positive("--tolerance", "1e-4").value, 1e-4);
  EXPECT_FALSE(read_positive("--tolerance", "0"));
}

}  // namespace
}  // namespace prunec::cli

// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/source/file_io.h"

#include <filesystem>
#include <gtest/gtest.h>
#include <string>
#include <unistd.h>

#include "compiler/source/sha256.h"

namespace prunec {
namespace {

namespace fs = std::filesystem;

class FileIo : public ::testing::Test {
 protected:
  void SetUp() override {
    folder_ = fs::temp_directory_path() / ("prunec_file_io_" + std::to_string(::getpid()));
    fs::create_directories(folder_);
  }
  void TearDown() override { fs::remove_all(folder_); }
  std::string at(const std::string& name) const { return (folder_ / name).string(); }
  std::size_t files() const { return static_cast<std::size_t>(std::distance(fs::directory_iterator(folder_), fs::directory_iterator())); }

  fs::path folder_;
};

TEST_F(FileIo, ReadsWhatItWrote) {
  const std::string bytes("a\0b\n\xFF", 5);
  EXPECT_FALSE(write_file_atomically(at("file"), bytes));
  EXPECT_EQ(std::get<std::string>(read_file(at("file"))), bytes);
  EXPECT_FALSE(write_file_atomically(at("file"), "second"));
  EXPECT_EQ(std::get<std::string>(read_file(at("file"))), "second");
  EXPECT_EQ(files(), 1u) << "no temporary file stays";
}

TEST_F(FileIo, SaysWhyAFileCannotBeRead) {
  const auto missing = read_file(at("absent"));
  ASSERT_TRUE(std::holds_alternative<IoError>(missing));
  EXPECT_TRUE(std::get<IoError>(missing).missing);
  const auto folder = read_file(folder_.string());
  ASSERT_TRUE(std::holds_alternative<IoError>(folder));
  EXPECT_FALSE(std::get<IoError>(folder).missing);
  EXPECT_FALSE(std::get<IoError>(folder).reason.empty());
}

TEST_F(FileIo, LeavesNothingBehindAfterAFailure) {
  EXPECT_TRUE(write_file_atomically(at("absent/file"), "x"));
  fs::create_directory(folder_ / "taken");
  const auto error = write_file_atomically(at("taken"), "x");
  ASSERT_TRUE(error);
  EXPECT_EQ(error->path, at("taken"));
  EXPECT_EQ(files(), 1u);
}

TEST_F(FileIo, TemporaryNamesLieBesideAndDiffer) {
  const std::string first = temporary_name(at("model.pt"));
  EXPECT_NE(first, temporary_name(at("model.pt")));
  EXPECT_EQ(fs::path(first).parent_path(), folder_);
  EXPECT_EQ(fs::path(first).extension(), ".pt");
  EXPECT_EQ(fs::path(temporary_name("model.pt")).parent_path(), "");
}

TEST(Sha256, MatchesThePublishedVectors) {
  EXPECT_EQ(sha256_hex(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(sha256_hex("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

}  // namespace
}  // namespace prunec

// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

/// Text as the user wrote it, and places in it. A `SourceFile` owns its text for as long as anything points into it: diagnostics
/// and syntax nodes share ownership, so neither needs a registry of files.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace prunec {

/// A half-open range of byte offsets into one file.
struct Span {
  std::size_t begin = 0;
  std::size_t end = 0;

  friend bool operator==(const Span&, const Span&) = default;
};

/// One-based line and column. The column counts Unicode code points, as editors do.
struct LineColumn {
  std::size_t line = 1;
  std::size_t column = 1;

  friend bool operator==(const LineColumn&, const LineColumn&) = default;
};

class SourceFile {
 public:
  SourceFile(std::string path, std::string text);

  /// The path as the user gave it; diagnostics print it unchanged.
  const std::string& path() const { return path_; }
  std::string_view text() const { return text_; }
  std::string_view text(Span span) const;

  LineColumn line_column(std::size_t offset) const;
  std::size_t line_count() const { return line_starts_.size(); }
  /// The text of a one-based line, without its line break.
  std::string_view line(std::size_t number) const;
  /// The offset of the first byte of a one-based line.
  std::size_t line_start(std::size_t number) const { return line_starts_[number - 1]; }

 private:
  std::string path_;
  std::string text_;
  std::vector<std::size_t> line_starts_;
};

/// A span together with the file that it lies in.
struct SourceRange {
  std::shared_ptr<const SourceFile> file;
  Span span;
};

}  // namespace prunec

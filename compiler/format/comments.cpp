// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/format/comments.h"

namespace prunec::format {

std::vector<Comment> comments_of(const SourceFile& source) {
  std::vector<Comment> comments;
  const std::string_view text = source.text();
  bool quoted = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '"') quoted = !quoted;
    if (text[i] == '\n') quoted = false;
    if (text[i] != '#' || quoted) continue;
    std::size_t end = text.find('\n', i);
    if (end == std::string_view::npos) end = text.size();
    std::string_view comment = text.substr(i, end - i);
    comment.remove_suffix(comment.size() - 1 - comment.find_last_not_of(" \t\r"));
    comments.push_back({{i, i + comment.size()}, std::string(comment)});
    i = end - 1;
  }
  return comments;
}

}  // namespace prunec::format

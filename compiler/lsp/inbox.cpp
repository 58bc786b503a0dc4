// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/lsp/inbox.h"

#include <utility>

#include "compiler/lsp/wire.h"

namespace prunec::lsp {
namespace {

using nlohmann::json;

/// Identifiers that a client has taken back and that never came, at most; a client that cancels without end costs no memory.
constexpr std::size_t kMostCancelled = 10000;

bool is(const json& message, const char* method) {
  return message.is_object() && message.contains("method") && message["method"] == method;
}

std::string id_text(const json& id) {
  return id.dump(-1, ' ', false, json::error_handler_t::replace);
}

}  // namespace

Inbox::Inbox(std::istream& in) : reader_([this, &in] { read(in); }) {}

Inbox::~Inbox() {
  reader_.join();
}

void Inbox::read(std::istream& in) {
  bool last = false;
  while (!last) {
    const auto body = read_message(in);
    if (!body) break;
    Mail mail;
    if (json message = json::parse(*body, nullptr, false); !message.is_discarded()) mail.message = std::move(message);
    last = mail.message && is(*mail.message, "exit");
    const std::lock_guard lock(mutex_);
    if (mail.message && is(*mail.message, "$/cancelRequest")) {
      const json params = mail.message->value("params", json::object());
      if (params.is_object() && params.contains("id") && cancelled_.size() < kMostCancelled) cancelled_.insert(id_text(params["id"]));
      continue;
    }
    mail_.push_back(std::move(mail));
    arrived_.notify_one();
  }
  const std::lock_guard lock(mutex_);
  closed_ = true;
  arrived_.notify_one();
}

std::optional<Mail> Inbox::next() {
  std::unique_lock lock(mutex_);
  arrived_.wait(lock, [this] { return !mail_.empty() || closed_; });
  if (mail_.empty()) return std::nullopt;
  Mail mail = std::move(mail_.front());
  mail_.pop_front();
  return mail;
}

bool Inbox::empty() const {
  const std::lock_guard lock(mutex_);
  return mail_.empty();
}

bool Inbox::cancelled(const nlohmann::json& id) {
  const std::lock_guard lock(mutex_);
  return cancelled_.erase(id_text(id)) > 0;
}

}  // namespace prunec::lsp

# frozen_string_literal: true

# An event that Recado has forwarded, once.
class RecadoEvent < ApplicationRecord
  scope :waiting, -> { where(handled_at: nil).order(:id) }

  after_create_commit { HandleRecadoEventsJob.perform_later }
end

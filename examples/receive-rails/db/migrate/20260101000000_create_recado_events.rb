# frozen_string_literal: true

class CreateRecadoEvents < ActiveRecord::Migration[6.1]
  def change
    create_table :recado_events do |table|
      table.string :webhook_id, null: false, limit: 100, index: { unique: true }
      table.json :event, null: false
      table.datetime :handled_at, index: true
      table.timestamps
    end
  end
end

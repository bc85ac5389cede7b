# frozen_string_literal: true

Rails.application.routes.draw do
  post "/recado", to: "recado#create"
end

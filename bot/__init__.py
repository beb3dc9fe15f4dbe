"""A guide for people who cannot pay their Alipay credit products: everything that is not Rasa dialogue."""

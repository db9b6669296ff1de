"""The decision process. nginx asks it once per call: may this call pass, where does it go, and with which headers?"""

"""Everything that runs is killed, halted, cut off and robbed of its disk, under load, in turn."""

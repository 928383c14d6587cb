"""Apache Kafka on this machine: one node in KRaft mode, from jars that Maven fetches."""

from deploy.local.kafka.jars import missing_tools
from deploy.local.kafka.server import KafkaServer

__all__ = ["KafkaServer", "missing_tools"]

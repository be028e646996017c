namespace Boreal.Daemon.Endpoints.Containers.Streams;

/// <summary>What a client wants to see before each line.</summary>
internal readonly record struct LogStyle(bool Timestamps, bool Details);

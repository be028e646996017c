namespace Boreal.Daemon.Configuration;

/// <summary>What was asked of the daemon cannot be; the message is for the person who started it.</summary>
internal sealed class ConfigurationException(string message, Exception? innerException = null) : Exception(message, innerException);

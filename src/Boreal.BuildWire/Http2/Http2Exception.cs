namespace Boreal.BuildWire.Http2;

/// <summary>The other side broke the protocol, ended the connection, or ended a stream of it.</summary>
internal sealed class Http2Exception(Http2Error error, string message, Exception? innerException = null) : IOException(message, innerException)
{
    public Http2Error Error { get; } = error;
}

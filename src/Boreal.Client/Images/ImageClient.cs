using System.Text.Json;
using Boreal.Client.Streams;
using Boreal.Client.Transport;

namespace Boreal.Client.Images;

/// <summary>Images on the daemon.</summary>
public sealed class ImageClient
{
    private readonly ApiChannel _channel;

    internal ImageClient(ApiChannel channel) => _channel = channel;
}

using System.Security.Cryptography;
using Boreal.Oci.Content;
using Boreal.Oci.Distribution;
using Boreal.Oci.References;
using Boreal.Registry;
using Boreal.Registry.Hosting;
using Boreal.Tests.TestKit.Machine;
using Microsoft.Extensions.Logging.Abstractions;

namespace Boreal.Tests.Functional.Distribution;

/// <summary>Our client and our registry with a bad line between them.</summary>
public sealed class CutTests
{
    private const int Size = 64 * 1024 * 1024;
    private const int MostCuts = 100;

    private static readonly CancellationToken Cancellation = TestContext.Current.CancellationToken;

    [Fact]
    public async Task UploadAndDownload_CutAHundredTimes_Arrive()
    {
        using var directory = new TemporaryDirectory();
        await using var application = new RegistryApplication(new RegistryOptions { DataRoot = directory.Path }, TimeProvider.System, NullLogger<RegistryApplication>.Instance);
        application.Start();
        using var server = new RegistryServer(kestrel => kestrel.Listen(System.Net.IPAddress.Loopback, 0), application.HandleAsync, NullLoggerFactory.Instance);
        await server.StartAsync(Cancellation);
        var port = new Uri(server.Addresses.First()).Port;
        var content = RandomNumberGenerator.GetBytes(Size);
        var blob = new Descriptor { MediaType = MediaTypes.OciLayerGzip, Digest = Digest.OfSha256(content), Size = Size };

        await using (var line = BadLine(port))
        {
            using var client = PeerRegistry.Client();
            var repository = client.Open(ImageReference.Parse($"127.0.0.1:{line.Port}/a/b"));
            await repository.UploadBlobAsync(blob, (offset, _) => ValueTask.FromResult<Stream>(new MemoryStream(content, (int)offset, Size - (int)offset)), new BlobUploadOptions(), Cancellation);
            Assert.True(line.Cuts >= MostCuts, $"{line.Cuts} cuts");
        }
        await using (var line = BadLine(port))
        {
            using var client = PeerRegistry.Client();
            await using var download = client.Open(ImageReference.Parse($"127.0.0.1:{line.Port}/a/b")).Download(blob);
            Assert.Equal(blob.Digest, Digest.FromSha256(await SHA256.HashDataAsync(download, Cancellation)));
            Assert.True(line.Cuts >= MostCuts, $"{line.Cuts} cuts");
        }
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(2), TimeProvider.System);
        await server.StopAsync(deadline.Token);
    }

    // So close together that the blob can't pass between them.
    private static CuttingProxy BadLine(int port)
    {
        var random = new Random(4);
        var cuts = 0;
        return new CuttingProxy(port, () => cuts++ < MostCuts + 20 ? random.NextInt64(1, 2 * Size / (MostCuts + 20)) : null);
    }
}

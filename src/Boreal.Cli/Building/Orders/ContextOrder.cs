using System.Security.Cryptography;
using System.Text;
using Boreal.Cli.Building.Folders;
using Boreal.Cli.CommandLine;

namespace Boreal.Cli.Building.Orders;

/// <summary>Where a build's files and its Dockerfile come from: a folder, standard input, or a place that the daemon fetches.</summary>
internal sealed class ContextOrder(BuildOrder order, Func<Stream> standardInput, string machine)
{
    private const string Context = "context";
    private const string Dockerfile = "dockerfile";
    private const string DockerfileName = "Dockerfile";

    // Enough to tell an archive from text.
    private const int PeekedBytes = 1024;
    private const int LargestDockerfile = 16 << 20;

    /// <exception cref="CommandFailedException">There is no such place, or standard input is wanted twice.</exception>
    public async Task ReadAsync(string place, string file, CancellationToken cancellationToken)
    {
        if (place is "-") await ReadInputAsync(file, cancellationToken);
        else if (Directory.Exists(place)) await ReadFolderAsync(place, file, cancellationToken);
        else if (ContextPlace.IsRemote(place)) await ReadRemoteAsync(place, file, cancellationToken);
        else throw new CommandFailedException($"unable to prepare context: path \"{place}\" not found");
    }

    private async Task ReadInputAsync(string file, CancellationToken cancellationToken)
    {
        if (file is "-") throw new CommandFailedException("invalid argument: can't use stdin for both build context and dockerfile");
        var input = new PeekedStream(standardInput());
        var start = await input.PeekAsync(PeekedBytes, cancellationToken);
        if (start.Length is 0) throw new CommandFailedException("standard input is empty: it should be a tar archive or a Dockerfile");
        if (ArchiveStart.IsArchive(start.Span))
        {
            var id = Guid.NewGuid().ToString("n");
            order.Offer.Uploads[id] = input;
            order.Attributes[Context] = $"http://buildkit-session/{id}";
            order.Attributes["filename"] = file.Length > 0 ? file : DockerfileName;
            return;
        }

        if (file.Length > 0) throw new CommandFailedException("ambiguous Dockerfile source: both stdin and flag correspond to Dockerfiles");
        order.Offer.Folders[Context] = new InlineFolder([]);
        OfferInline(await ReadTextAsync(input, cancellationToken));
    }

    private async Task ReadFolderAsync(string folder, string file, CancellationToken cancellationToken)
    {
        var full = Path.GetFullPath(folder);
        order.Offer.Folders[Context] = new LocalFolder(full);
        order.SharedKey = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{machine}:{full}")));
        if (file is "-") OfferInline(await ReadTextAsync(standardInput(), cancellationToken));
        else if (ContextPlace.IsHttp(file)) OfferInline(await FetchAsync(file, cancellationToken));
        else if (file.Length is 0) OfferDockerfile(full, DockerfileName);
        else OfferDockerfile(Path.GetDirectoryName(Path.GetFullPath(file)) ?? "/", Path.GetFileName(file));
    }

    private async Task ReadRemoteAsync(string place, string file, CancellationToken cancellationToken)
    {
        order.Attributes[Context] = place;
        if (file is "-") OfferInline(await ReadTextAsync(standardInput(), cancellationToken), asOther: true);
        else if (ContextPlace.IsHttp(file)) OfferInline(await FetchAsync(file, cancellationToken), asOther: true);
        else if (Path.IsPathRooted(file))
        {
            OfferDockerfile(Path.GetDirectoryName(file) ?? "/", Path.GetFileName(file));
            order.Attributes["dockerfilekey"] = Dockerfile;
        }
        else order.Attributes["filename"] = file.Length > 0 ? file : DockerfileName;
    }

    private void OfferDockerfile(string folder, string name)
    {
        // The name's other spelling, where only that is there.
        if (name is DockerfileName && !File.Exists(Path.Combine(folder, name)) && File.Exists(Path.Combine(folder, Dockerfile))) name = Dockerfile;
        order.Offer.Folders[Dockerfile] = new LocalFolder(folder);
        order.Attributes["filename"] = name;
    }

    private void OfferInline(byte[] text, bool asOther = false)
    {
        order.Offer.Folders[Dockerfile] = new InlineFolder([new(DockerfileName, text)]);
        order.Attributes["filename"] = DockerfileName;
        if (asOther) order.Attributes["dockerfilekey"] = Dockerfile;
    }

    private static async Task<byte[]> FetchAsync(string address, CancellationToken cancellationToken)
    {
        using var client = new HttpClient();
        try
        {
            await using var body = await client.GetStreamAsync(new Uri(address), cancellationToken);
            return await ReadTextAsync(body, cancellationToken);
        }
        catch (HttpRequestException problem)
        {
            throw new CommandFailedException($"failed to fetch the Dockerfile {address}: {problem.Message}");
        }
    }

    private static async Task<byte[]> ReadTextAsync(Stream input, CancellationToken cancellationToken)
    {
        using var text = new MemoryStream();
        var buffer = new byte[16 * 1024];
        for (int count; (count = await input.ReadAsync(buffer, cancellationToken)) > 0;)
        {
            text.Write(buffer, 0, count);
            if (text.Length > LargestDockerfile) throw new CommandFailedException($"the Dockerfile is larger than {LargestDockerfile} bytes");
        }

        return text.ToArray();
    }
}

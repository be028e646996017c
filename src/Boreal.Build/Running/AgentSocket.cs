using System.Net.Sockets;
using Boreal.Build.Builds;
using Boreal.Engine.State;
using Boreal.Linux.Descriptors;
using Boreal.Linux.Files;

namespace Boreal.Build.Running;

/// <summary>A socket behind which the client's agent answers, one conversation per connection.</summary>
internal sealed class AgentSocket : IAsyncDisposable
{
    private const string FolderName = "agents";
    private const int MostConversations = 64;

    private readonly CancellationTokenSource _stop = new();
    private readonly SemaphoreSlim _room = new(MostConversations);
    private readonly Socket _listener;
    private readonly Task _answering;

    private AgentSocket(string path, Socket listener, Func<CancellationToken, Task<Stream>> open)
    {
        (Path, _listener) = (path, listener);
        _answering = AnswerAsync(open);
    }

    public string Path { get; }

    /// <param name="paths">Where sockets may be.</param>
    /// <param name="client">Who has the agent.</param>
    /// <param name="id">Which one.</param>
    /// <param name="access">Of the socket: mode, owner, group.</param>
    public static AgentSocket Open(NodePaths paths, IBuildClient client, string id, (uint Mode, uint Uid, uint Gid) access)
    {
        var folder = Directory.CreateDirectory(System.IO.Path.Combine(paths.ExecRoot, FolderName), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute).FullName;
        var name = Guid.NewGuid().ToString("N")[..12];
        var path = System.IO.Path.Combine(folder, name);
        var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            listener.Bind(new UnixDomainSocketEndPoint(path));
            using (var directory = FileDescriptor.Open(folder, OpenAt.DirectoryOnly))
            {
                AttributesAt.SetOwner(directory, name, access.Uid, access.Gid);
                AttributesAt.SetMode(directory, name, access.Mode);
            }

            listener.Listen();
            return new AgentSocket(path, listener, stop => client.OpenSshAgentAsync(id, stop));
        }
        catch
        {
            listener.Dispose();
            File.Delete(path);
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Dispose();
        await _answering;
        File.Delete(Path);
        _stop.Dispose();
        _room.Dispose();
    }

    private async Task AnswerAsync(Func<CancellationToken, Task<Stream>> open)
    {
        var conversations = new List<Task>();
        try
        {
            while (true)
            {
                await _room.WaitAsync(_stop.Token);
                var connection = await _listener.AcceptAsync(_stop.Token);
                conversations.RemoveAll(conversation => conversation.IsCompleted);
                conversations.Add(ConverseAsync(connection, open));
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The program has ended.
        }

        await Task.WhenAll(conversations);
    }

    private async Task ConverseAsync(Socket connection, Func<CancellationToken, Task<Stream>> open)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
        try
        {
            await using var program = new NetworkStream(connection, ownsSocket: true);
            await using var agent = await open(over.Token);
            await Task.WhenAny(program.CopyToAsync(agent, over.Token), agent.CopyToAsync(program, over.Token));
            await over.CancelAsync();
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // To the program the agent hung up; it says so itself.
            connection.Dispose();
        }
        finally
        {
            _room.Release();
        }
    }
}

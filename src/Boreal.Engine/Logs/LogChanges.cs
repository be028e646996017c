using System.Diagnostics.CodeAnalysis;
using System.Threading.Channels;
using Boreal.Linux.Errors;
using Boreal.Linux.Events;

namespace Boreal.Engine.Logs;

/// <summary>Tells followers that something happened in a log's directory. One thread and one inotify instance for all of them.</summary>
[SuppressMessage("Reliability", "CA1001", Justification = "Its thread reads from the instance until the process ends.")]
public sealed class LogChanges
{
    private const int StackBytes = 128 * 1024;
    private const int Overflow = -1;

    private readonly Lock _gate = new();
    private readonly Dictionary<int, List<Channel<bool>>> _followers = [];
    private Inotify? _inotify;

    /// <summary>Starts to watch; disposing ends it.</summary>
    internal Subscription Subscribe(string directory)
    {
        lock (_gate)
        {
            if (_inotify is null)
            {
                _inotify = new Inotify();
                new Thread(() => Listen(_inotify), StackBytes) { IsBackground = true, Name = "log changes" }.Start();
            }

            var watch = _inotify.Watch(directory, InotifyEvents.Modified | InotifyEvents.Created | InotifyEvents.MovedTo);
            var wake = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
            if (!_followers.TryGetValue(watch, out var followers)) _followers[watch] = followers = [];
            followers.Add(wake);
            return new Subscription(this, watch, wake);
        }
    }

    private void End(int watch, Channel<bool> wake)
    {
        lock (_gate)
        {
            if (!_followers.TryGetValue(watch, out var followers) || !followers.Remove(wake) || followers.Count > 0) return;
            _followers.Remove(watch);
            _inotify?.Unwatch(watch);
        }
    }

    private void Listen(Inotify inotify)
    {
        while (true)
        {
            IReadOnlyList<int> watches;
            try
            {
                watches = inotify.Read();
            }
            catch (LinuxException)
            {
                // Followers still look by themselves once in a while.
                return;
            }

            lock (_gate)
            {
                foreach (var (watch, followers) in _followers)
                {
                    if (!watches.Contains(watch) && !watches.Contains(Overflow)) continue;
                    foreach (var wake in followers) wake.Writer.TryWrite(true);
                }
            }
        }
    }

    internal sealed class Subscription(LogChanges owner, int watch, Channel<bool> wake) : IDisposable
    {
        /// <summary>Returns after the next change (or one missed before).</summary>
        internal async Task WaitAsync(CancellationToken cancellationToken) => await wake.Reader.ReadAsync(cancellationToken);

        public void Dispose() => owner.End(watch, wake);
    }
}

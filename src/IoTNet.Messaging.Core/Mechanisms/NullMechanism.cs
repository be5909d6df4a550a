// RFC 37 4.1, the NULL mechanism: both sides send READY, in any order.
namespace IoTNet
{
    internal sealed class NullMechanism : Mechanism
    {
        private bool _sent;

        public NullMechanism(MessageSocketType type, byte[] identity)
            : base(type, identity)
        {
        }

        public override string Name => "NULL";

        // RFC 37: the as-server field is zero.
        public override bool IsServer => false;

        public override int Next(byte[] buffer, int offset)
        {
            if (_sent)
            {
                return 0;
            }

            _sent = true;
            IsDone = Peer != null;
            int at = CommandName.Write(CommandName.Ready, buffer, offset);
            System.Array.Copy(OwnMetadata, 0, buffer, at, OwnMetadata.Length);
            return at + OwnMetadata.Length - offset;
        }

        protected override bool TakeCommand(byte[] buffer, int offset, int count)
        {
            if (Peer != null || !CommandName.Is(CommandName.Ready, buffer, offset, count))
            {
                return Fail("expected the command READY", "expected READY");
            }

            int name = CommandName.Ready.Length;
            if (!TakeMetadata(buffer, offset + name, count - name))
            {
                return false;
            }

            IsDone = _sent;
            return true;
        }
    }
}

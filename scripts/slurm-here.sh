#!/bin/sh
# scripts/slurm-here.sh FOLDER COMMAND…: runs a command beside a Slurm cluster of this one machine, which is made in FOLDER
# for it and is gone afterwards. Needs Debian's slurm-wlm and munge, and root.
set -eu
folder="$1"
shift
mkdir -p "$folder/state" "$folder/spool" "$folder/munge"
host="$(hostname -s)"
cpus="$(nproc)"
memory="$(awk '/MemTotal/ {print int($2 / 2048)}' /proc/meminfo)"

dd if=/dev/urandom of="$folder/munge/key" bs=1024 count=1 2>/dev/null
chown -R munge:munge "$folder/munge"
chmod 0755 "$folder" "$folder/munge"
chmod 0400 "$folder/munge/key"
cat > "$folder/slurm.conf" <<CONF
ClusterName=check
SlurmctldHost=$host(127.0.0.1)
SlurmctldPort=26817
SlurmdPort=26818
SlurmUser=root
AuthType=auth/munge
AuthInfo=socket=$folder/munge/socket
CryptoType=crypto/munge
StateSaveLocation=$folder/state
SlurmdSpoolDir=$folder/spool
SlurmctldPidFile=$folder/slurmctld.pid
SlurmdPidFile=$folder/slurmd.pid
SlurmctldLogFile=$folder/slurmctld.log
SlurmdLogFile=$folder/slurmd.log
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
MpiDefault=none
JobAcctGatherType=jobacct_gather/none
AccountingStorageType=accounting_storage/none
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU
SchedulerType=sched/backfill
SchedulerParameters=bf_interval=1,sched_interval=1
ReturnToService=2
MaxArraySize=1001
MinJobAge=300
NodeName=$host NodeAddr=127.0.0.1 CPUs=$cpus RealMemory=$memory State=UNKNOWN
PartitionName=all Nodes=ALL Default=YES MaxTime=INFINITE State=UP
CONF
export SLURM_CONF="$folder/slurm.conf"

stop() {
  # Each of the three by its own number.
  for name in slurmd slurmctld munged; do
    [ -f "$folder/$name.pid" ] || continue
    daemon="$(cat "$folder/$name.pid")"
    kill "$daemon" 2>/dev/null || continue
    attempt=0
    while [ "$attempt" -lt 100 ] && kill -0 "$daemon" 2>/dev/null; do
      attempt=$((attempt + 1))
      sleep 0.1
    done
  done
}
trap stop EXIT

setpriv --reuid=munge --regid=munge --clear-groups munged --force --key-file="$folder/munge/key" --socket="$folder/munge/socket" \
  --pid-file="$folder/munge/pid" --log-file="$folder/munge/log" --seed-file="$folder/munge/seed"
ln -sf munge/pid "$folder/munged.pid"
slurmctld -f "$SLURM_CONF"
slurmd -f "$SLURM_CONF" -N "$host"

attempt=0
until sinfo --noheader --format=%t 2>/dev/null | grep -q '^idle'; do
  attempt=$((attempt + 1))
  if [ "$attempt" -gt 60 ]; then
    echo "slurm-here: no node became idle; see $folder/slurmctld.log and $folder/slurmd.log" >&2
    sinfo >&2 || true
    exit 1
  fi
  sleep 1
done
"$@"
